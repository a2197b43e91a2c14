import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase, pagePool } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { verifyChain } from '@/lib/audit/verify-chain';
import { deleteKey } from '@/lib/keys/change-key';
import { macsUnder } from '@/lib/keys/secret/imported-secret';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { bundled, nodeOptions } from '../helpers/bundled';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { until } from '../helpers/waiting';
import { blocksOf } from '../manual/helpers/run-block';
import { startDebianPostgres } from './debian-postgres';

// Runs the manual's own blocks, with the address of this server.
jest.setTimeout(120_000);

type How = 'compose' | 'own';
const headings = { compose: 'With compose', own: 'With a PostgreSQL of your own' };

/** The commands of docs/backup.md and docs/restore.md for this way. */
function commandsOf(how: How) {
  const heading = headings[how];
  const [backUp = '', ...otherBackUps] = blocksOf('docs/backup.md', 'sh', heading);
  const steps = blocksOf('docs/restore.md', 'sh', heading);
  const [fill = '', list = '', rename = '', repeat = '', ...otherSteps] = steps;
  const [compose = '', own = ''] = blocksOf('docs/restore.md', 'sh', 'Without a list');
  expect([...otherBackUps, ...otherSteps]).toEqual([]);
  return { backUp, fill, list, rename, repeat, accept: how === 'own' ? own : compose };
}

const [makeOwner = '', makeApplication = ''] = blocksOf(
  'docs/postgresql.md',
  'sql',
  'Roles and database',
).map((sql) => sql.replaceAll('…', 'secret'));

let server: Awaited<ReturnType<typeof startDebianPostgres>>;
let folder = '';
let admin = '';

beforeAll(async () => {
  [server, admin] = await Promise.all([startDebianPostgres(), bundled('scripts/admin.ts')]);
});
afterAll(() => server?.stop());
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'keydesk-manual-'));
  const passwords = ['postgres:root', 'keydesk:secret', 'keydesk_app:secret'];
  writeFileSync(
    join(folder, 'pgpass'),
    passwords.map((line) => `127.0.0.1:*:*:${line}\n`).join(''),
    { mode: 0o600 },
  );
  // Replaces compose by what it runs in the containers. The desk itself is not started by it.
  program(
    'docker',
    `case "$2 $*" in
      *" exec -T postgres "*) shift 4 ;;
      *" run --rm -T keydesk "*) shift 5 ;;
      *" exec -T keydesk "*) shift 4 ;;
      *) exit 0 ;;
    esac
    exec "$@"`,
  );
  // The image has the bundle beside the migrations.
  symlinkSync(join(process.cwd(), 'db'), join(folder, 'db'));
  program(
    'node',
    `[ "$1" = admin.mjs ] || exit 1
    shift
    exec ${[process.execPath, ...nodeOptions, admin].join(' ')} "$@"`,
  );
});
afterEach(async () => {
  await closeDatabase();
  delete process.env.MIGRATE_DATABASE_URL;
  const names = ['keydesk', 'keydesk_before', 'keydesk_restored'];
  for (const name of names) await server.sql(`drop database if exists ${name} with (force)`);
  for (const role of ['keydesk', 'keydesk_app']) await server.sql(`drop role if exists ${role}`);
  rmSync(folder, { recursive: true, force: true });
});

const address = (role: string, name = 'keydesk') =>
  `postgresql://${role}:secret@127.0.0.1:${server.port}/${name}`;

/** Runs a program on the dump, without waiting for it in this process. */
async function runProgram(name: string, ...args: string[]) {
  const child = spawn(join(server.programs, name), [...args, 'keydesk.dump'], {
    cwd: folder,
    env: { ...process.env, PGPASSFILE: join(folder, 'pgpass') },
    stdio: 'ignore',
  });
  await once(child, 'close');
}

function program(name: string, script: string) {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
}

function runBlock(block: string, from = new Date(0)): void {
  const script = block
    .replaceAll('@db.example.org/', `@127.0.0.1:${server.port}/`)
    .replaceAll('<time of the dump>', from.toISOString());
  execFileSync('sh', ['-e', '-c', script], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PATH: `${folder}:${server.programs}:${process.env.PATH}`,
      PGPASSFILE: join(folder, 'pgpass'),
      PGHOST: '127.0.0.1',
      PGPORT: String(server.port),
    },
  });
}

/** Runs each statement by itself, because a database cannot be created in a transaction. */
async function runSql(text: string) {
  for (const statement of text.split(';\n').filter((one) => one.trim()))
    await server.sql(statement);
}

/** As a process that starts. */
const forget = () => delete (globalThis as { keydeskIdentity?: unknown }).keydeskIdentity;

function pepper() {
  const [version, key = ''] = (process.env.KEY_PEPPER ?? '').split(':');
  return { version: Number(version), key: Buffer.from(key, 'base64') };
}

const macsOf = (secret: string) =>
  macsUnder(secret, 'own', [pepper()]).map((bytes) => ({ bytes, hex: bytes.toString('hex') }));

/** What a running desk says of the secret. */
async function saysOf(secret: string): Promise<'good' | 'dead' | 'unknown' | 'no answer'> {
  const { DATABASE_URL = '' } = process.env;
  const own = openVerification({ connectionString: DATABASE_URL, peppers: [pepper()] });
  await until(() => own.lookup.connected === 2 || own.lookup.role === 'restored');
  const found = await own.lookup.ask(macsOf(secret)).catch(() => null);
  await closeVerification(own);
  const [first] = [...(found?.values() ?? [])];
  if (!first) return found ? 'unknown' : 'no answer';
  return first.key.dead ? 'dead' : 'good';
}

type SetUp = { how: How; roles: 'one' | 'two' };

const setUps: SetUp[] = [
  { how: 'own', roles: 'two' },
  { how: 'compose', roles: 'one' },
  { how: 'own', roles: 'one' },
  { how: 'compose', roles: 'two' },
];

/** Makes roles and database as the manual says. @returns what a start of the desk does */
async function setUp({ how, roles }: SetUp) {
  await runSql(makeOwner);
  // The image of PostgreSQL makes its first role a superuser. On another server the role has no special rights.
  if (how === 'compose') await server.sql('alter role keydesk superuser');
  if (roles === 'two') await runSql(makeApplication);
  const owner = roles === 'two' ? address('keydesk') : undefined;
  useSettings({ DATABASE_URL: address(roles === 'two' ? 'keydesk_app' : 'keydesk') });
  process.env.MIGRATE_DATABASE_URL = owner ?? '';
  return async () => {
    forget();
    await migrateDatabase(process.env.DATABASE_URL, owner);
    return keepIdentity();
  };
}

async function addPeople() {
  await insertPeople();
  await insertUser('grace');
}

it.each(setUps.slice(0, times(4, 2)))(
  'what the manual says brings a desk back ($how, $roles)',
  async ({ how, roles }) => {
    const start = await setUp({ how, roles });
    expect(await start()).toBe(true);
    await addPeople();
    const kept = await makeKey(ada, 'grace');
    const revoked = await makeKey(ada, 'grace');

    const { backUp, fill, list, rename, repeat } = commandsOf(how);
    runBlock(backUp);
    const dumpedAt = new Date();
    await deleteKey(ada, revoked.id);
    const late = await makeKey(ada, 'grace');
    runBlock(fill);
    // The desk has worked until now.
    expect(await saysOf(late.secret)).toBe('good');
    await closeDatabase();
    runBlock(list, dumpedAt);
    const done = readFileSync(join(folder, 'revocations.ndjson'), 'utf8');
    expect(done).toMatch(new RegExp(`key\\.delete.*${revoked.id}`));
    expect(done).not.toContain(kept.id);
    runBlock(rename);

    expect(await start()).toBe(false);
    for (const { secret } of [kept, revoked, late]) expect(await saysOf(secret)).toBe('no answer');
    runBlock(repeat);
    expect(await start()).toBe(true);
    expect(await saysOf(kept.secret)).toBe('good');
    expect(await saysOf(revoked.secret)).toBe('dead');
    expect(await saysOf(late.secret)).toBe('unknown');
    expect(await verifyChain()).toMatchObject({ fault: null });
    await makeKey(ada, 'grace');
    await closeDatabase();
    // The previous database still exists.
    forget();
    process.env.DATABASE_URL = address('keydesk', 'keydesk_before');
    expect(await saysOf(late.secret)).toBe('good');
  },
);

it.each(setUps.slice(0, times(4, 2)))(
  'what the manual says brings a desk back on a new machine ($how, $roles)',
  async ({ how, roles }) => {
    const start = await setUp({ how, roles });
    expect(await start()).toBe(true);
    await addPeople();
    const kept = await makeKey(ada, 'grace');
    const { backUp, fill, rename, accept } = commandsOf(how);
    runBlock(backUp);
    await closeDatabase();
    for (const statement of ['drop database keydesk with (force)', makeOwner.split(';\n')[1] ?? ''])
      await server.sql(statement);

    runBlock(fill);
    runBlock(rename);
    expect(await start()).toBe(false);
    expect(await saysOf(kept.secret)).toBe('no answer');
    runBlock(accept);
    expect(await start()).toBe(true);
    expect(await saysOf(kept.secret)).toBe('good');
  },
);

it('a dump restored into the same database is noticed under open connections', async () => {
  await runSql(makeOwner);
  useSettings({ DATABASE_URL: address('keydesk') });
  forget();
  await migrateDatabase(address('keydesk'), undefined);
  expect(await keepIdentity()).toBe(true);
  await addPeople();
  const revoked = await makeKey(ada, 'grace');
  runBlock(commandsOf('own').backUp);
  await deleteKey(ada, revoked.id);
  const own = openVerification({ connectionString: address('keydesk'), peppers: [pepper()] });
  await until(() => own.lookup.connected === 2);
  const said = new Set<string>();
  const ask = async () => {
    const found = await own.lookup.ask(macsOf(revoked.secret)).catch(() => null);
    const [first] = [...(found?.values() ?? [])];
    said.add(first ? String(first.key.dead) : found ? 'unknown' : 'no answer');
  };
  let over = false;
  const asking = (async () => {
    while (!over) await ask();
  })();
  await runProgram('pg_restore', '--clean', '--no-owner', `--dbname=${address('keydesk')}`);
  await until(() => own.lookup.role === 'restored');
  over = true;
  await asking;
  await closeVerification(own);
  // Between the tables and their rows the key is not there yet.
  expect(said.has('true')).toBe(true);
  expect(said.has('false')).toBe(false);
  await closeDatabase();
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
});

it('control: the role of the desk can neither dump nor create a database', async () => {
  await runSql(makeOwner);
  await runSql(makeApplication);
  await migrateDatabase(address('keydesk_app'), address('keydesk'));
  const { backUp, fill } = commandsOf('own');
  expect(() => runBlock(backUp.replace('//keydesk@', '//keydesk_app@'))).toThrow();
  expect(() => runBlock(fill.replace('//postgres@', '//keydesk@'))).toThrow(
    'permission denied to create database',
  );
});
