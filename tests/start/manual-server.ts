import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { closeDatabase } from '@/db/client';
import { writeDocker, writeNode } from '../helpers/stand-ins';
import { blocksOf } from '../manual/helpers/run-block';
import { startDebianPostgres } from './debian-postgres';

// Runs the manual's own blocks, with the address of this server.

export type How = 'compose' | 'own';
const headings = { compose: 'With compose', own: 'With a PostgreSQL of your own' };

/** The commands of docs/backup.md and docs/restore.md for this way. */
export function commandsOf(how: How) {
  const heading = headings[how];
  const [backUp = '', ...otherBackUps] = blocksOf('docs/backup.md', 'sh', heading);
  const steps = blocksOf('docs/restore.md', 'sh', heading);
  const [fill = '', list = '', rename = '', repeat = '', ...otherSteps] = steps;
  const [compose = '', own = ''] = blocksOf('docs/restore.md', 'sh', 'Without a list');
  expect([...otherBackUps, ...otherSteps]).toEqual([]);
  return { backUp, fill, list, rename, repeat, accept: how === 'own' ? own : compose };
}

export const [makeOwner = '', makeApplication = ''] = blocksOf(
  'docs/postgresql.md',
  'sql',
  'Roles and database',
).map((sql) => sql.replaceAll('…', 'secret'));

export let server: Awaited<ReturnType<typeof startDebianPostgres>>;
export let folder = '';

/** A server and a folder with the programs that the blocks call. */
export function useManualServer(): void {
  beforeAll(async () => {
    server = await startDebianPostgres();
  });
  afterAll(() => server?.stop());
  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'keydesk-manual-'));
    const passwords = ['postgres:root', 'keydesk:secret', 'keydesk_app:secret'];
    writeFileSync(
      join(folder, 'pgpass'),
      passwords.map((line) => `127.0.0.1:*:*:${line}\n`).join(''),
      { mode: 0o600 },
    );
    writeDocker(folder);
    await writeNode(folder);
  });
  afterEach(async () => {
    await closeDatabase();
    delete process.env.MIGRATE_DATABASE_URL;
    const names = ['keydesk', 'keydesk_before', 'keydesk_restored'];
    for (const name of names) await server.sql(`drop database if exists ${name} with (force)`);
    for (const role of ['keydesk', 'keydesk_app']) await server.sql(`drop role if exists ${role}`);
    rmSync(folder, { recursive: true, force: true });
  });
}

export const address = (role: string, name = 'keydesk') =>
  `postgresql://${role}:secret@127.0.0.1:${server.port}/${name}`;

/** Runs a program on the dump, without waiting for it in this process. */
export async function runProgram(name: string, ...args: string[]) {
  const child = spawn(join(server.programs, name), [...args, 'keydesk.dump'], {
    cwd: folder,
    env: { ...process.env, PGPASSFILE: join(folder, 'pgpass') },
    stdio: 'ignore',
  });
  await once(child, 'close');
}

export function runBlock(block: string, from = new Date(0)): void {
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
export async function runSql(text: string) {
  for (const statement of text.split(';\n').filter((one) => one.trim()))
    await server.sql(statement);
}
