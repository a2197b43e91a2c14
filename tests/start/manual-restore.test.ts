import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { verifyChain } from '@/lib/audit/verify-chain';
import { deleteKey } from '@/lib/keys/change-key';
import { macsUnder } from '@/lib/keys/secret/imported-secret';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { until } from '../helpers/waiting';
import { startDebianPostgres } from './debian-postgres';

// Runs the manual's own blocks, with the address of this server.
jest.setTimeout(120_000);

const page = (name: string) => readFileSync(join(process.cwd(), 'docs', name), 'utf8');

/** The blocks of a section, in their order. */
function blocks(text: string, heading: string, language: string): string[] {
  const section = text.split(`\n## ${heading}\n`)[1]?.split('\n## ')[0] ?? '';
  return [...section.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, kind]) => kind === language)
    .map(([, , code = '']) => code);
}

const operate = page('operate.md');
const commands = [...blocks(operate, 'Back up', 'sh'), ...blocks(operate, 'Restore', 'sh')];
const [makeOwner = '', makeApplication = ''] = blocks(
  page('deploy.md'),
  'A PostgreSQL of your own',
  'sql',
).map((sql) => sql.replaceAll('…', 'secret'));

let server: Awaited<ReturnType<typeof startDebianPostgres>>;
let folder = '';

beforeAll(async () => {
  server = await startDebianPostgres();
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
  // Replaces compose by what it runs in the database's container. The desk itself does not run.
  const docker = join(folder, 'docker');
  writeFileSync(
    docker,
    '#!/bin/sh\n[ "$1 $2 $3 $4" = "compose exec -T postgres" ] || exit 0\nshift 4\nexec "$@"\n',
  );
  chmodSync(docker, 0o755);
});
afterEach(async () => {
  await closeDatabase();
  const names = ['keydesk', 'keydesk_before', 'keydesk_restored'];
  for (const name of names) await server.sql(`drop database if exists ${name} with (force)`);
  for (const role of ['keydesk', 'keydesk_app']) await server.sql(`drop role if exists ${role}`);
  rmSync(folder, { recursive: true, force: true });
});

const address = (role: string, name = 'keydesk') =>
  `postgresql://${role}:secret@127.0.0.1:${server.port}/${name}`;

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

/** Whether a running desk knows the secret, and whether its key is valid. */
async function isGood(secret: string): Promise<boolean | undefined> {
  const { KEY_PEPPER = '', DATABASE_URL = '' } = process.env;
  const [version, key = ''] = KEY_PEPPER.split(':');
  const peppers = [{ version: Number(version), key: Buffer.from(key, 'base64') }];
  const own = openVerification({ connectionString: DATABASE_URL, peppers });
  await until(() => own.lookup.connected === 2);
  const macs = macsUnder(secret, 'own', peppers).map((bytes) => ({
    bytes,
    hex: bytes.toString('hex'),
  }));
  const found = await own.lookup.ask(macs);
  await closeVerification(own);
  const [first] = [...found.values()];
  return first && !first.key.dead;
}

type SetUp = { how: 'compose' | 'own'; roles: 'one' | 'two' };

const ofCompose = (block: string) => block.startsWith('docker ');

const setUps: SetUp[] = [
  { how: 'own', roles: 'two' },
  { how: 'compose', roles: 'one' },
  { how: 'own', roles: 'one' },
  { how: 'compose', roles: 'two' },
];

it.each(setUps.slice(0, times(4, 2)))(
  'what the manual says brings a desk back ($how, $roles)',
  async ({ how, roles }) => {
    await runSql(makeOwner);
    // The image of PostgreSQL makes its first role a superuser. On another server the role has no special
    // rights.
    if (how === 'compose') await server.sql('alter role keydesk superuser');
    if (roles === 'two') await runSql(makeApplication);
    const owner = roles === 'two' ? address('keydesk') : undefined;
    useSettings({ DATABASE_URL: address(roles === 'two' ? 'keydesk_app' : 'keydesk') });
    const start = () => migrateDatabase(process.env.DATABASE_URL, owner);
    await start();
    await insertPeople();
    await insertUser('grace');
    const kept = await makeKey(ada, 'grace');
    const revoked = await makeKey(ada, 'grace');

    const [backUp = '', restore = '', list = '', rename = '', ...more] = commands.filter(
      (block) => ofCompose(block) === (how === 'compose'),
    );
    expect(more).toEqual([]);
    runBlock(backUp);
    const dumpedAt = new Date();
    await deleteKey(ada, revoked.id);
    const late = await makeKey(ada, 'grace');
    runBlock(restore);
    // The desk has worked until now.
    expect(await isGood(late.secret)).toBe(true);
    await closeDatabase();
    runBlock(list, dumpedAt);
    const done = readFileSync(join(folder, 'since-the-dump.csv'), 'utf8');
    expect(done).toMatch(new RegExp(`key\\.delete,.*${revoked.id}`));
    expect(done).not.toContain(kept.id);
    runBlock(rename);

    await start();
    expect(await isGood(kept.secret)).toBe(true);
    expect(await isGood(revoked.secret)).toBe(true);
    expect(await isGood(late.secret)).toBeUndefined();
    expect(await verifyChain()).toMatchObject({ fault: null });
    await makeKey(ada, 'grace');
    await closeDatabase();
    // The previous database still exists.
    process.env.DATABASE_URL = address('keydesk', 'keydesk_before');
    expect(await isGood(late.secret)).toBe(true);
  },
);

it('control: the role of the desk can neither dump nor create a database', async () => {
  await runSql(makeOwner);
  await runSql(makeApplication);
  await migrateDatabase(address('keydesk_app'), address('keydesk'));
  const backUp = commands.find((block) => !ofCompose(block)) ?? '';
  expect(() => runBlock(backUp.replace('//keydesk@', '//keydesk_app@'))).toThrow();
  const restore = commands.find((block) => /create database/.test(block)) ?? '';
  expect(() => runBlock(restore.replace('//postgres@', '//keydesk@'))).toThrow(
    'permission denied to create database',
  );
});
