import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrateDatabase } from '@/db/migrate';
import { times } from '../helpers/times';
import {
  closedFolder,
  isAlive,
  ownFolder,
  postgresIn,
  query,
  removeFolders,
  until,
} from './processes';

jest.setTimeout(60_000);
afterAll(removeFolders);

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
});

describe('the database of a first start', () => {
  const folder = closedFolder();
  let owner: Awaited<ReturnType<typeof ownFolder>>;
  beforeAll(async () => {
    owner = await ownFolder(folder);
  });
  afterAll(async () => {
    owner.child.kill('SIGTERM');
    expect(await owner.ended).toBe(0);
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

  it('is refused to a second start in one sentence', async () => {
    const second = await ownFolder(folder);
    expect(second.said().trim()).toBe(`Keydesk is already running on ${folder}.`);
    expect(await second.ended).toBe(1);
    expect(await query(owner.url, 'select 1 as one')).toEqual([{ one: 1 }]);
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
});

describe('an existing folder', () => {
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
