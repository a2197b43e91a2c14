import { Client, type ClientConfig } from 'pg';
import { closeDatabase, database, pagePool } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { setSession } from '@/db/session';
import { openTransfer } from '@/db/transfer';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { useTestDatabase } from '../helpers/database';
import { createEmptyDatabase, dropDatabase } from '../helpers/database-server';
import { until } from '../helpers/waiting';
import { pepper } from '../verify/helpers/desk';
import { type PgBouncer, startPgBouncer } from './pgbouncer';
import { refusedStart } from './processes';

jest.setTimeout(60_000);
useTestDatabase();

let pooler: PgBouncer | undefined;
afterEach(async () => {
  await closeDatabase();
  await pooler?.stop();
});

/** Uses the same database through a pooler from now on. */
async function comeThrough(settings: Record<string, string>) {
  const direct = process.env.DATABASE_URL ?? '';
  pooler = await startPgBouncer(settings);
  return { direct, pooled: pooler.through(direct) };
}

async function throughClient(config: ClientConfig, text: string) {
  const client = new Client(config);
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query(text)).rows[0];
  } finally {
    await client.end().catch(() => undefined);
  }
}

describe('a pooler of sessions', () => {
  it('works: migrations run through it, and each connection has its limits', async () => {
    const { direct, pooled } = await comeThrough({ pool_mode: 'session', default_pool_size: '30' });
    const name = `keydesk_pooled_${process.pid}`;
    await createEmptyDatabase(name);
    const empty = Object.assign(new URL(pooled), { pathname: `/${name}` }).href;
    await migrateDatabase(empty, undefined);
    await pooler?.stop();
    await dropDatabase(name);

    pooler = await startPgBouncer({ pool_mode: 'session', default_pool_size: '30' });
    process.env.DATABASE_URL = pooler.through(direct);
    const read = `select current_setting('statement_timeout') as longest,
      current_setting('lock_timeout') as lock, current_setting('jit') as jit,
      current_setting('application_name') as name from pg_sleep(0.05)`;
    const seen = await Promise.all(Array.from({ length: 12 }, () => pagePool().query(read)));
    const page = { longest: '5s', lock: '2s', jit: 'off', name: 'keydesk' };
    expect(seen.map(({ rows }) => rows[0])).toEqual(Array(12).fill(page));
    const transfer = await openTransfer();
    const { rows } = await transfer.client.query(`show idle_in_transaction_session_timeout`);
    expect(rows).toEqual([{ idle_in_transaction_session_timeout: '2min' }]);
    await transfer.close();
    await closeDatabase();
    process.env.DATABASE_URL = direct;
  });

  it('works for verification', async () => {
    const { direct, pooled } = await comeThrough({ pool_mode: 'session', default_pool_size: '30' });
    const own = openVerification({ connectionString: pooled, peppers: [pepper] });
    await until(() => own.lookup.connected === 2);
    expect(await own.ready()).toBeGreaterThan(0);
    expect(await own.lookup.ask([{ bytes: Buffer.alloc(32), hex: '00'.repeat(32) }])).toEqual(
      new Map(),
    );
    const limits = await throughClient(
      { connectionString: direct },
      `select count(*)::int as count from pg_stat_activity
       where datname = current_database() and application_name = 'keydesk verify'`,
    );
    expect(limits).toEqual({ count: 2 });
    await closeVerification(own);
  });

  it('control: it refuses limits in the connection itself', async () => {
    const { pooled } = await comeThrough({ pool_mode: 'session' });
    const client = throughClient(
      { connectionString: pooled, statement_timeout: 1_000 },
      'select 1',
    );
    await expect(client).rejects.toThrow('unsupported startup parameter');
  });
});

describe('a pooler of transactions or statements is refused at the start', () => {
  it.each<Record<string, string>>([
    { pool_mode: 'transaction' },
    { pool_mode: 'transaction', default_pool_size: '1' },
    { pool_mode: 'transaction', server_reset_query_always: '1' },
    { pool_mode: 'transaction', server_round_robin: '1', min_pool_size: '5' },
    { pool_mode: 'transaction', ignore_startup_parameters: 'statement_timeout,options' },
    { pool_mode: 'statement' },
  ])('%j', async (settings) => {
    const { direct, pooled } = await comeThrough(settings);
    await expect(migrateDatabase(pooled, undefined)).rejects.toThrow(
      /^DATABASE_URL leads to a pooler that gives a session to one transaction/,
    );
    await expect(migrateDatabase(direct, pooled)).rejects.toThrow(/^MIGRATE_DATABASE_URL leads/);
  });

  it('in one line, while others use it', async () => {
    const { pooled } = await comeThrough({ pool_mode: 'transaction', default_pool_size: '5' });
    const others = Array.from({ length: 3 }, () => new Client({ connectionString: pooled }));
    let busy = true;
    const work = others.map(async (client) => {
      await client.connect();
      while (busy) await client.query('select pg_sleep(0.005)');
      await client.end();
    });
    const { code, said } = await refusedStart({
      DATABASE_URL: pooled,
      AUTH_URL: 'https://keys.example.org',
      AUTH_SECRET: 'b2f1c7d0a94e4b0f8c3d5e6f7a8b9c0d1e2f',
      KEY_PEPPER: `1:${pepper.key.toString('base64')}`,
      AUDIT_KEY: Buffer.from('an audit key with 32 bytes here!').toString('base64'),
    });
    busy = false;
    await Promise.all(work);
    expect(code).toBe(1);
    expect(said).toMatch(/^DATABASE_URL leads to a pooler .*\.$/);
  });

  it('and detected later, if it was reconfigured meanwhile', async () => {
    const { direct, pooled } = await comeThrough({
      ...{ pool_mode: 'transaction', server_reset_query_always: '1' },
    });
    process.env.DATABASE_URL = pooled;
    await expect(database().execute('select 1')).rejects.toMatchObject({
      cause: { message: expect.stringContaining('does not keep the values of a session') },
    });
    await closeDatabase();
    process.env.DATABASE_URL = direct;
  });
});

test('a server that stops answering after the sign-in is given up', async () => {
  const client = new Client({ connectionString: process.env.DATABASE_URL });
  client.on('error', () => undefined);
  await client.connect();
  const silent = { query: () => Promise.reject(new Error('Query read timeout')) };
  const ended = new Promise((resolve) => client.once('end', resolve));
  await expect(setSession(Object.assign(client, silent), { jit: 'off' })).rejects.toThrow(
    'timeout',
  );
  await ended;
});

describe('what is set on a session', () => {
  const changed = `select name from pg_settings where source = 'session' order by name`;

  it('are limits and hints, and that pages confirm their commits themselves', async () => {
    const limits = ['idle_in_transaction_session_timeout', 'jit', 'lock_timeout'];
    const usual = ['application_name', ...limits, 'statement_timeout', 'synchronous_commit'];
    await pagePool().query('select 1');
    const page = (await pagePool().query(changed)).rows.map(({ name }) => name);
    expect(page).toEqual(usual);
    const own = openVerification({
      connectionString: process.env.DATABASE_URL ?? '',
      peppers: [pepper],
    });
    own.usage.countAnswer('VALID');
    await own.usage.flush({ all: true });
    const { rows } = await own.writer.query(changed);
    expect(rows.map(({ name }) => name)).toEqual([
      'application_name',
      'lock_timeout',
      'statement_timeout',
    ]);
    await closeVerification(own);
  });

  it('stays neither behind usage, nor behind look-ups and limits, for the next client of a pooler', async () => {
    const { pooled } = await comeThrough({ pool_mode: 'session', server_reset_query: '' });
    const own = openVerification({ connectionString: pooled, peppers: [pepper] });
    await until(() => own.lookup.connected === 2 && own.rates.connected === 2);
    own.usage.countAnswer('VALID');
    await own.usage.flush({ all: true });
    await closeVerification(own);
    const clients = Array.from({ length: 8 }, () => new Client({ connectionString: pooled }));
    const left = new Set<string>();
    for (const client of clients) {
      await client.connect();
      for (const { name } of (await client.query(changed)).rows) left.add(name);
    }
    for (const client of clients) await client.end();
    // Control: this pooler does leave values, which is why the start refuses it.
    expect([...left]).toContain('statement_timeout');
    expect([...left]).not.toContain('synchronous_commit');
    expect([...left]).not.toContain('default_transaction_read_only');
    await expect(migrateDatabase(pooled, undefined)).rejects.toThrow(/leaves the values of a/);
  });
});
