import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseSettings } from '@/lib/settings/parse-settings';
import { requireProgram } from '../helpers/require-program';
import { writeDocker } from '../helpers/stand-ins';
import { blocksOf, runShell } from '../manual/helpers/run-block';
import { firstOf, interpolate } from './files';

// Runs the block of README.md that makes the settings for compose, whose program is replaced, and starts with them.
type Lines = Record<string, string>;
const folder = mkdtempSync(join(tmpdir(), 'keydesk-readme-'));
let made: Lines;

beforeAll(async () => {
  requireProgram('openssl');
  writeDocker(folder);
  const [block = ''] = blocksOf('README.md', 'sh', 'Run it with Docker Compose');
  await runShell(block, { PATH: `${folder}:${process.env.PATH}` }, folder);
  const lines = readFileSync(join(folder, '.env'), 'utf8').trim().split('\n');
  made = Object.fromEntries(lines.map((line) => /^(\w+)=(.*)$/.exec(line)?.slice(1) ?? []));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What docker-compose.yml gives to a service. */
function environmentOf(service: 'keydesk' | 'postgres', given: Lines): Lines {
  const all: Lines = firstOf('docker-compose.yml').services[service].environment;
  return Object.fromEntries(
    Object.entries(all).map(([name, text]) => [name, interpolate(text, given)]),
  );
}

it('only its owner can read the file', () => {
  expect(statSync(join(folder, '.env')).mode & 0o777).toBe(0o600);
});

it('docker-compose.yml misses none of the settings, and Keydesk takes them', () => {
  const given = environmentOf('keydesk', made);
  const all = [...Object.values(given), ...Object.values(environmentOf('postgres', made))];
  expect(all.filter((text) => text.includes('is missing'))).toEqual([]);
  const settings = parseSettings(given);
  expect(settings.DATABASE_URL).toMatch(
    /^postgresql:\/\/keydesk_app:\w{64}@postgres:5432\/keydesk$/,
  );
  expect(settings.MIGRATE_DATABASE_URL).toMatch(/^postgresql:\/\/keydesk:\w{64}@postgres:5432/);
  expect(settings).toMatchObject({
    ...{ AUTH_URL: 'http://localhost:3000', ADMIN_USERNAME: 'admin' },
    ...{ ADMIN_PASSWORD: expect.stringMatching(/^[0-9a-f]{24}$/) },
  });
});

it.each(['AUTH_URL', 'POSTGRES_PASSWORD', 'AUTH_SECRET', 'KEY_PEPPER', 'AUDIT_KEY'])(
  'control: without %s compose names it',
  (name) => {
    const { [name]: _left, ...rest } = made;
    const all = [
      ...Object.values(environmentOf('keydesk', rest)),
      ...Object.values(environmentOf('postgres', rest)),
    ];
    expect(all.join('\n')).toContain(`${name} is missing`);
  },
);
