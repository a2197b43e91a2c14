import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintSecret } from '@/lib/keys/secret/secret';
import { times } from '../helpers/times';
import { type Desk, openDesk } from '../verify/helpers/desk';
import { type Language, languages, type Programs } from './snippet-programs';
import { oddAnswers, openSwitchboard } from './switchboard';

jest.setTimeout(120_000);
const folder = mkdtempSync(join(tmpdir(), 'keydesk-clients-'));
let desk: Desk;
let board: Awaited<ReturnType<typeof openSwitchboard>>;
let bob: string;

/** Go is a package of 330 MB, so a short run leaves it out. */
const names = times(Object.keys(languages), ['python']) as Language[];
const programs = new Map<Language, Programs>();

beforeAll(async () => {
  desk = await openDesk();
  board = await openSwitchboard(desk.origin);
  bob = await desk.addUser('bob');
  for (const name of names) programs.set(name, languages[name](folder));
}, 300_000);
afterAll(async () => {
  await board.stop();
  await desk.close();
  rmSync(folder, { recursive: true });
});

type Answer = { valid?: boolean; code?: string; error?: string; user?: { username: string } };

/** Runs a program. @returns what it printed */
async function run([file = '', ...args]: string[] = []): Promise<string> {
  const child = spawn(file, args, {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: {
      ...{ PATH: process.env.PATH, NODE_ENV: 'test', HTTP_PROXY: 'http://127.0.0.1:1' },
      ...{ KEYDESK_URL: `${board.url}/`, KEYDESK_SERVICE_KEY: desk.service.secret },
    },
  });
  let said = '';
  child.stdout.on('data', (part) => (said += part));
  await once(child, 'close');
  return said.trim();
}

const ask = async (name: Language, key: string, scopes: string[] = [], ip = ''): Promise<Answer> =>
  JSON.parse(await run(programs.get(name)?.ask(key, scopes, ip)));

/** What the call of the page says to each of these. Python prints the code, Go the status. */
const statuses: Record<string, string> = {
  ...{ VALID: '200', NOT_FOUND: '401', RATE_LIMITED: '429' },
  ...{ INSUFFICIENT_SCOPE: '403', IP_DENIED: '403' },
};

describe.each(names)('the snippet for %s', (name) => {
  it('tells good keys from bad ones', async () => {
    const { secret } = await desk.addKey(bob, { scopes: ['reports:read'] });
    const bound = await desk.addKey(bob, { networks: ['192.0.2.0/24'] });
    const good = await ask(name, secret, ['reports:read']);
    expect(good).toMatchObject({ valid: true, code: 'VALID', user: { username: 'bob' } });
    const codes = [
      ask(name, mintSecret('kd')),
      ask(name, 'kd_mistyped'),
      ask(name, secret, ['reports:write']),
      ask(name, bound.secret),
      ask(name, bound.secret, [], '198.51.100.1'),
    ].map(async (answer) => [(await answer).valid, (await answer).code]);
    expect(await Promise.all(codes)).toEqual([
      ...[
        [false, 'NOT_FOUND'],
        [false, 'MALFORMED'],
        [false, 'INSUFFICIENT_SCOPE'],
      ],
      ...[
        [false, 'IP_DENIED'],
        [false, 'IP_DENIED'],
      ],
    ]);
    expect((await ask(name, bound.secret, [], '192.0.2.7')).valid).toBe(true);
  });

  it('is called as the page shows', async () => {
    const scopes = ['reports:read'];
    const bound = await desk.addKey(bob, { scopes, networks: ['192.0.2.0/24'] });
    const limited = await desk.addKey(bob, { scopes, rate: [1, 3_600] });
    const call = async (secret: string) => run(programs.get(name)?.call(secret, '198.51.100.1'));
    await call(limited.secret);
    const expected = [
      [(await desk.addKey(bob, { scopes })).secret, 'VALID'],
      [mintSecret('kd'), 'NOT_FOUND'],
      [(await desk.addKey(bob)).secret, 'INSUFFICIENT_SCOPE'],
      [bound.secret, 'IP_DENIED'],
      [limited.secret, 'RATE_LIMITED'],
    ];
    const told = await Promise.all(expected.map(([secret = '']) => call(secret)));
    const codes = expected.map(([, code = '']) => code);
    expect(told).toEqual(name === 'go' ? codes.map((code) => statuses[code]) : codes);
  });

  it('has no verdict where Keydesk gives none, in time', async () => {
    const { secret } = await desk.addKey(bob);
    for (const [what, answer] of Object.entries(oddAnswers)) {
      board.answerWith(answer);
      const begun = Date.now();
      const got = await ask(name, secret);
      expect([what, got]).toEqual([what, { error: expect.any(String) }]);
      expect(Date.now() - begun).toBeLessThan(6_000);
    }
    board.answerWith(null);
    await board.stop();
    expect(await ask(name, secret)).toEqual({ error: expect.any(String) });
    await board.start();
    expect((await ask(name, secret)).valid).toBe(true);
  });
});
