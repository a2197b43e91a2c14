import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintSecret } from '@/lib/keys/secret/secret';
import { installPackage, requireProgram } from '../helpers/require-program';
import { times } from '../helpers/times';
import { type Desk, openDesk } from '../verify/helpers/desk';
import { blocksOf, filledIn, runShell, shown } from './helpers/run-block';

// Runs each program of docs/quick-start.md as it stands.
jest.setTimeout(120_000);
const page = 'docs/quick-start.md';
const folder = mkdtempSync(join(tmpdir(), 'keydesk-quick-start-'));
let desk: Desk;
let good: string;

beforeAll(async () => {
  desk = await openDesk();
  const grace = await desk.addUser('grace');
  good = (await desk.addKey(grace, { scopes: ['reports:read'], networks: ['203.0.113.7'] })).secret;
});
afterAll(async () => {
  await desk.close();
  rmSync(folder, { recursive: true });
});

/** As the page exports it. */
const exported = () =>
  filledIn(blocksOf(page, 'sh', 'Quick start')[0] ?? '', {
    'http://127.0.0.1:3001': desk.origin,
    'kd_…': desk.service.secret,
  });

function written(name: string, code = ''): string {
  const file = join(folder, name);
  writeFileSync(file, code);
  return file;
}

const programs = {
  Node: () => [process.execPath, written('ask.mjs', blocksOf(page, 'js')[0])],
  Python() {
    requireProgram('python3');
    return ['python3', written('ask.py', blocksOf(page, 'python')[0])];
  },
  Go() {
    try {
      execFileSync('go', ['version']);
    } catch {
      installPackage('golang-go');
    }
    const [source, program] = [written('ask.go', blocksOf(page, 'go')[0]), join(folder, 'ask')];
    const env = { ...process.env, GOPROXY: 'off', CGO_ENABLED: '0' };
    execFileSync('go', ['build', '-o', program, source], { env });
    return [program];
  },
};
/** Go is a package of 330 MB, so a short run leaves it out. */
const names = times(Object.keys(programs), ['Node', 'Python']) as (keyof typeof programs)[];

it('curl answers as the page shows', async () => {
  const [block = ''] = blocksOf(page, 'sh', 'curl');
  expect(await runShell(exported() + block, { KEY: good })).toMatch(shown(block));
});

it.each(names)('%s lets in a good key, and no other', async (name) => {
  const [program = '', ...args] = programs[name]();
  const ask = async (key: string, ip = '203.0.113.7') => {
    return runShell(`${exported()}exec ${[program, ...args, key, ip].join(' ')}`);
  };
  expect(await ask(good)).toBe('good');
  expect(await ask(good, '198.51.100.1')).toBe('refused');
  expect(await ask(mintSecret('kd'))).toBe('refused');
});
