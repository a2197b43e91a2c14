import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pagePool } from '@/db/client';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { insertOldEvent } from '../helpers/old-event';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { requireProgram } from '../helpers/require-program';
import { testSettings } from '../helpers/settings';
import { writeDocker, writeNode, writeNpm } from '../helpers/stand-ins';
import { setRule } from '../my-keys/helpers';
import { startServer, stopServers } from '../notices/mail-server';
import { providerSettings } from '../oidc/start-provider';
import { blocksOf, filledIn, runShell } from './helpers/run-block';

// Runs the commands of the manual as they stand, with keys of this database in place of the ids.
jest.setTimeout(60_000);
useTestDatabase();
let folder = '';

beforeAll(async () => {
  requireProgram('jq');
  folder = mkdtempSync(join(tmpdir(), 'keydesk-commands-'));
  writeDocker(folder);
  await writeNode(folder);
  await writeNpm(folder);
});
afterAll(() => rmSync(folder, { recursive: true }));
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace', { email: 'grace@example.org' });
});

const run = (block: string, more: Record<string, string> = {}) =>
  runShell(block, {
    ...{ PATH: `${folder}:${process.env.PATH}`, NODE_ENV: 'test' },
    ...{ DATABASE_URL: process.env.DATABASE_URL ?? '', ...testSettings },
    ...more,
  });

const sql = (text: string) => pagePool().query(text);

it('docs/commands.md: a key is made, regenerated, switched off and deleted', async () => {
  const [first, second] = [await makeKey(ada, 'grace'), await makeKey(ada, 'grace')];
  const [block = '', withJson = ''] = blocksOf('docs/commands.md', 'sh');
  await run(filledIn(block, { '0199…': first.id, '019a…': second.id }));
  const { rows } = await sql(
    'select count(*)::int as all, count(*) filter (where active and deleted_at is null)::int as on from api_key',
  );
  expect(rows).toEqual([{ all: 3, on: 1 }]);
  expect(await run(`${withJson}echo "$secret"`)).toMatch(/^kd_[0-9A-Za-z]{49}$/);
});

it('docs/hand-over.md: a link in place of the secret, printed or mailed', async () => {
  const port = await startServer();
  const mail = { SMTP_URL: `smtp://127.0.0.1:${port}`, SMTP_FROM: 'keydesk@example.org' };
  await setRule('switch-off');
  const key = await makeKey(ada, 'grace');
  const [block = ''] = blocksOf('docs/hand-over.md', 'sh');
  const printed = await run(filledIn(block, { '0199…': key.id }), {
    ...mail,
    ...providerSettings('https://id.example.org/'),
  });
  expect(printed).toContain('/collect/');
  expect((await sql('select count(*)::int as n from hand_over')).rows).toEqual([{ n: 3 }]);
  await stopServers();
});

it.each([
  ['--help', 0],
  ['nothing', 1],
  ['keys nothing', 2],
  ['revocations', 2],
  ['after-restore', 2],
  ['audit nothing', 1],
])('docs/commands.md: "%s" ends with the code that the page tells', async (words, code) => {
  const printed = await run(`npm run admin -- ${words} > ${folder}/out 2>&1 || exit_code=$?
    echo "$\{exit_code:-0}"`);
  expect(printed).toBe(`${code}`);
});

it('docs/audit.md: the audit is verified', async () => {
  await makeKey(ada, 'grace');
  const [block = ''] = blocksOf('docs/audit.md', 'sh', 'Check it');
  expect(await run(block)).toMatch(/^1 event, all unchanged .*\nHead: 1:[0-9a-f]{64}$/s);
});

it('docs/audit.md: old events are archived', async () => {
  await insertOldEvent();
  const [block = ''] = blocksOf('docs/audit.md', 'sh', 'Archive old events');
  const said = await run(filledIn(block, { '/archive/': `${folder}/` }));
  expect(said).toMatch(/^Events 1 to 1 are in /);
  expect(await countRows('audit_event', 'seq = 1')).toBe(0);
});

it('docs/import.md: the file is imported', async () => {
  const [file = ''] = blocksOf('docs/import.md', 'csv');
  writeFileSync(join(folder, 'keys.csv'), file);
  const said = await run(`npm run admin -- import-keys ${join(folder, 'keys.csv')}`);
  expect(said).toBe('1 key was imported.');
});

it.each(['docs/my-keys.md', 'docs/single-sign-on.md'])(
  '%s: a user is linked to the provider',
  async (page) => {
    const [block = ''] = blocksOf(page, 'sh');
    await run(block, { OIDC_ISSUER: 'https://id.example.org' });
    const { rows } = await sql(
      `select action from audit_event where action like '%link' order by seq`,
    );
    expect(rows[0]).toEqual({ action: 'administrator.link' });
  },
);
