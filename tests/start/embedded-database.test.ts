import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrateDatabase } from '@/db/migrate';
import { bundled, nodeOptions } from '../helpers/bundled';
import { times } from '../helpers/times';
import {
  closedFolder,
  isAlive,
  ownFolder,
  postgresIn,
  removeFolders,
  run,
  runScript,
  until,
} from './processes';

jest.setTimeout(60_000);
afterAll(removeFolders);

async function query(url: string, text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('a first start', () => {
  it('protects its secrets, and the second start finds them', async () => {
    const folder = closedFolder();
    const first = await ownFolder(folder);
    const secrets = ['auth-secret', 'key-pepper', 'audit-key', 'key-encryption-key'];
    const read = () => secrets.map((name) => readFileSync(join(folder, name), 'utf8'));
    const before = read();
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    for (const name of [
      ...secrets,
      'postgres-password',
      'database-password',
      'database-owner-password',
      'postgres.log',
    ]) {
      expect(statSync(join(folder, name)).mode & 0o777).toBe(0o600);
    }
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);

    const second = await ownFolder(folder);
    expect(read()).toEqual(before);
    expect(new Set(before).size).toBe(before.length);
    second.child.kill('SIGINT');
    expect(await second.ended).toBe(0);
    expect(postgresIn(folder)).toBeUndefined();
  });

  it('removes the files of a start that was killed while creating the database', async () => {
    const folder = closedFolder();
    const draft = join(folder, 'postgres.draft-999999999');
    mkdirSync(draft, { recursive: true });
    const owner = await ownFolder(folder);
    expect(existsSync(draft)).toBe(false);
    owner.child.kill('SIGTERM');
    await owner.ended;
  });
});

describe('the database of a first start', () => {
  const folder = closedFolder();
  let owner: Awaited<ReturnType<typeof ownFolder>>;
  beforeAll(async () => {
    owner = await ownFolder(folder);
  });
  afterAll(async () => {
    owner.child.kill('SIGTERM');
    await owner.ended;
  });

  it('knows letters, is durable and listens on loopback only', async () => {
    await query(owner.url, 'create extension pg_trgm');
    const [row] = await query(
      owner.url,
      `select cardinality(show_trgm('äöü')) > 0 as letters, current_setting('fsync') as fsync,
        current_setting('synchronous_commit') as commit, current_setting('data_checksums') as checked,
        current_setting('listen_addresses') as address,
        (select rolsuper from pg_roles where rolname = current_user) as powerful`,
    );
    expect(row).toEqual({
      letters: true,
      fsync: 'on',
      commit: 'on',
      checked: 'on',
      address: '127.0.0.1',
      powerful: false,
    });
  });

  it('never writes a statement with its values into the log', async () => {
    await expect(query(owner.url, 'select $1::int', ['kd_secret'])).rejects.toThrow();
    await expect(query(owner.url, `select 'kd_secret' from nowhere`)).rejects.toThrow();
    expect(readFileSync(join(folder, 'postgres.log'), 'utf8')).not.toContain('from nowhere');
  });

  it('has two roles, so that the desk cannot rewrite the audit', async () => {
    await migrateDatabase(owner.deskUrl, owner.url);
    await expect(query(owner.deskUrl, 'delete from audit_event')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(query(owner.deskUrl, 'create table mine (id int)')).rejects.toMatchObject({
      code: '42501',
    });
    await expect(query(owner.url, 'delete from audit_event')).rejects.toMatchObject({
      code: '23001',
    });
  });
});

describe('the two roles', () => {
  it('are set up in an older folder, where the desk owned everything', async () => {
    const folder = closedFolder();
    const first = await ownFolder(folder);
    const superuser = new URL(first.url);
    superuser.username = 'postgres';
    superuser.password = readFileSync(join(folder, 'postgres-password'), 'utf8');
    await query(superuser.href, 'alter database keydesk owner to keydesk');
    await migrateDatabase(first.deskUrl, undefined);
    await query(superuser.href, 'reassign owned by keydesk_owner to keydesk');
    first.child.kill('SIGTERM');
    await first.ended;

    const second = await ownFolder(folder);
    await migrateDatabase(second.deskUrl, second.url);
    expect(await query(second.deskUrl, 'select count(*)::int as events from audit_event')).toEqual([
      { events: 0 },
    ]);
    second.child.kill('SIGTERM');
    await second.ended;
  });
});

describe('two starts on one folder', () => {
  it('refuse the second in one sentence', async () => {
    const folder = closedFolder();
    const first = await ownFolder(folder);
    const second = await ownFolder(folder);
    expect(second.said().trim()).toBe(`Keydesk is already running on ${folder}.`);
    expect(await second.ended).toBe(1);
    expect(await query(first.url, 'select 1 as one')).toEqual([{ one: 1 }]);
    first.child.kill('SIGTERM');
    expect(await first.ended).toBe(0);
  });

  it('leave one running and a complete database if both are the first', async () => {
    const folder = closedFolder();
    const starts = await Promise.all([ownFolder(folder), ownFolder(folder), ownFolder(folder)]);
    const winners = starts.filter(({ url }) => url);
    expect(winners).toHaveLength(1);
    for (const loser of starts.filter(({ url }) => !url)) {
      expect(loser.said().trim()).toBe(`Keydesk is already running on ${folder}.`);
    }
    const winner = winners[0]!;
    expect(await query(winner.deskUrl, 'select current_user::text as who')).toEqual([
      { who: 'keydesk' },
    ]);
    winner.child.kill('SIGTERM');
    expect(await winner.ended).toBe(0);
    expect(readdirSync(folder).filter((name) => name.includes('draft'))).toEqual([]);
  });
});

describe('a start that is killed', () => {
  it('ends its database too, and no acknowledged change is lost', async () => {
    const folder = closedFolder();
    let acknowledged = 0;
    for (let round = 0; round < times(3, 1); round += 1) {
      const owner = await ownFolder(folder);
      const pid = postgresIn(folder)!;
      const client = new Client({ connectionString: owner.url });
      client.on('error', () => undefined);
      await client.connect();
      await client.query('create table if not exists note (id int primary key)');
      setTimeout(() => owner.child.kill('SIGKILL'), 300);
      try {
        for (;;) {
          await client.query('insert into note values ($1)', [acknowledged]);
          acknowledged += 1;
        }
      } catch {
        await client.end().catch(() => undefined);
      }
      await until(() => !isAlive(pid));
      const after = await ownFolder(folder);
      const [row] = await query(after.url, 'select count(*)::int as kept from note');
      expect(row.kept).toBeGreaterThanOrEqual(acknowledged);
      acknowledged = row.kept;
      after.child.kill('SIGTERM');
      await after.ended;
    }
    expect(acknowledged).toBeGreaterThan(10);
  });

  it('also recovers if the database was killed', async () => {
    const folder = closedFolder();
    const owner = await ownFolder(folder);
    await query(owner.url, 'create table note as select 1 as id');
    process.kill(postgresIn(folder)!, 'SIGKILL');
    owner.child.kill('SIGKILL');
    await owner.ended;
    const after = await ownFolder(folder);
    expect(await query(after.url, 'select id from note')).toEqual([{ id: 1 }]);
    after.child.kill('SIGTERM');
    await after.ended;
  });

  it('ends in order when npm, which runs it, is killed behind the shell of the script', async () => {
    const folder = closedFolder();
    const owner = await bundled('tests/start/owner.ts');
    const inner = [process.execPath, ...nodeOptions, owner, folder].join(' ');
    const npm = `const { spawn } = require('node:child_process');
      spawn('sh', ['-c', ${JSON.stringify(`${inner}; true`)}], { stdio: 'inherit' });`;
    const runner = run([process.execPath, '-e', npm], { npm_lifecycle_event: 'start' });
    await until(() => runner.said().includes('ready'));
    const pid = postgresIn(folder)!;
    runner.child.kill('SIGKILL');
    await until(() => !isAlive(pid), 10);
  });
});

describe('an existing folder', () => {
  it('has its remaining server stopped', async () => {
    const folder = closedFolder();
    const first = await ownFolder(folder);
    first.child.kill('SIGTERM');
    await first.ended;
    const port = new URL(first.url).port;
    await (await runScript('tests/start/left-over.ts', [join(folder, 'postgres'), port])).ended;
    await until(() => postgresIn(folder) !== undefined);
    const leftOver = postgresIn(folder)!;

    const second = await ownFolder(folder);
    expect(second.url).not.toBe('');
    expect(isAlive(leftOver)).toBe(false);
    second.child.kill('SIGTERM');
    expect(await second.ended).toBe(0);
  });

  it('of a missing version of PostgreSQL is refused, naming the version', async () => {
    const folder = closedFolder();
    mkdirSync(join(folder, 'postgres'), { recursive: true });
    writeFileSync(join(folder, 'postgres/PG_VERSION'), '9\n');
    const owner = await ownFolder(folder);
    expect(await owner.ended).toBe(1);
    expect(owner.said().trim()).toBe(
      'DATA_DIR holds a database of PostgreSQL 9, whose programs are not on this machine: install PostgreSQL 9.',
    );
  });
});
