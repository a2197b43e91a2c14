import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { importKeysAction } from '@/app/(desk)/keys/import/actions';
import { POST } from '@/app/(desk)/keys/import/file/route';
import { pagePool } from '@/db/client';
import { findCheckedKeys } from '@/lib/keys/import/find-import';
import { mintSecret } from '@/lib/keys/secret/secret';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { insertPeople, insertUser, otto } from '../helpers/people';
import { redirectOf, send, signInAs } from '../helpers/sign-in';
import { sha256 } from './helpers';

useTestDatabase();

/** The content of all tables, with bytes in hex as PostgreSQL writes them. */
async function everything(): Promise<string> {
  const { rows: tables } = await pagePool().query<{ name: string }>(
    `select quote_ident(tablename) as name from pg_tables where schemaname = 'public'`,
  );
  let all = '';
  for (const { name } of tables) {
    const { rows } = await pagePool().query(`select t::text as row from ${name} t`);
    all += rows.map(({ row }) => row).join('\n');
  }
  return all;
}

/** A secret in all forms by which it could be found: itself, its hash, most of it. */
const traces = (secret: string) => [
  secret,
  secret.slice(5, -5),
  Buffer.from(secret).toString('hex'),
  Buffer.from(secret).toString('base64').slice(0, 20),
  sha256(secret),
];

test('no secret of a file reaches database, audit, answers, log or console', async () => {
  await emptyDatabase();
  await insertPeople();
  await insertUser('grace');
  await signInAs(otto);
  const random = () => randomBytes(24).toString('base64url').replace(/^[-_]/, 'x');
  const secrets = [random(), random(), random(), random(), random(), mintSecret('kd'), random()];
  const [good, twin, wrongColumn, cutOff, unknown, ours, hashed] = secrets as [
    string,
    string,
    string,
    string,
    string,
    string,
    string,
  ];
  const written: string[] = [];
  const keep = (text: unknown) => {
    written.push(String(text));
    return true;
  };
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(keep),
    jest.spyOn(process.stderr, 'write').mockImplementation(keep),
    ...(['log', 'warn', 'error', 'info'] as const).map((name) =>
      jest
        .spyOn(console, name)
        .mockImplementation((...all) => void keep(all.map(String).join(' '))),
    ),
  ];
  const home = 'http://localhost:3000';
  const upload = async (body: string) => {
    const request = new Request(`${home}/keys/import/file`, {
      ...{ method: 'POST', body, headers: { origin: home } },
    });
    const answer = await POST(request);
    const text = await answer.text();
    written.push(text);
    return JSON.parse(text) as { path?: string; problem?: string };
  };
  // A file with every kind of error that is reported.
  const bad = await upload(
    `username,name,secret,sha256\ngrace,,${twin},\ngrace,,${twin},\n${wrongColumn},,short,\ngrace,${wrongColumn},${wrongColumn},\nnobody,,${unknown},\ngrace,,kd_${cutOff},\ngrace,,${cutOff}\u00e4,\n`,
  );
  const id = (path = '') => path.slice('/keys/import/'.length);
  written.push(JSON.stringify(await findCheckedKeys(otto, id(bad.path))));
  await upload(`${cutOff},${unknown}\n`);
  await upload(`username,secret\ngrace,"${cutOff}`);
  await upload(`username,secret\ngrace,${cutOff}${'x'.repeat(9_000)}\n`);
  const middle = await everything();
  const fine = await upload(
    `username,secret,sha256\ngrace,${good},\ngrace,${ours},\ngrace,,${sha256(hashed)}\n`,
  );
  const staged = await everything();
  await redirectOf(send(importKeysAction, { id: id(fine.path) }));
  const after = await everything();
  for (const spy of spies) spy.mockRestore();

  const places = { middle, staged, after, written: written.join('\n') };
  const found = Object.entries(places).flatMap(([place, text]) =>
    secrets
      .flatMap(traces)
      .filter((trace) => text.includes(trace))
      .map((trace) => `${trace} in ${place}`),
  );
  expect(found).toEqual([]);
  // The control: the rows were there to be read.
  expect(staged).toContain('grace');
  expect(after).toContain('key.import');
});

test('the command line reports the errors of a file, and no secret', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-import-'));
  const file = join(folder, 'keys.csv');
  const { importKeysFrom } = await import('@/scripts/admin/import-keys');
  const said: string[] = [];
  const spies = (['log', 'error'] as const).map((name) =>
    jest.spyOn(console, name).mockImplementation((...all) => void said.push(all.join(' '))),
  );
  const secret = `${randomBytes(18).toString('hex')}-x`;
  const run = (dryRun: boolean) =>
    importKeysFrom(file, dryRun).catch((error: Error) => void said.push(error.message));
  writeFileSync(file, `username,secret\ngrace,${secret}\nnobody,${secret}y\n`);
  await run(false);
  writeFileSync(file, `username,secret\ngrace,${secret}\n`);
  await run(true);
  await run(false);
  await run(false);
  for (const spy of spies) spy.mockRestore();
  rmSync(folder, { recursive: true });
  const isDatabase = (line: string) => line.startsWith('Using the database ');
  expect(said.filter(isDatabase)).toHaveLength(4);
  expect(said.filter((line) => !isDatabase(line))).toEqual([
    'Line 3 (nobody): User "nobody" is not in the database.',
    '1 line has an error of 2. No key was imported.',
    '1 key would be imported. None was.',
    '1 key was imported.',
    'Line 2 (grace): This secret is in the database already (deleted and replaced ones count).',
    '1 line has an error of 1. No key was imported.',
  ]);
});
