import { drizzle } from 'drizzle-orm/node-postgres';
import { Client } from 'pg';
import { closeDatabase, database, pagePool } from '@/db/client';
import { NotConfirmedError, patience } from '@/db/confirmation';
import { recordEvent, systemActor } from '@/lib/audit/record-event';
import { signInWithPassword } from '@/lib/auth/sign-in';
import { switchKey } from '@/lib/keys/change-key';
import { lacksStandby } from '@/lib/server/standby-required';
import { closeVerification } from '@/lib/verify/verification';
import { givePassword, password } from '../helpers/accounts';
import { fresh, makeService } from '../helpers/api';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { createDatabase } from '../helpers/template-database';
import { openCluster } from './helpers/cluster';

jest.setTimeout(120_000);

let cluster: Awaited<ReturnType<typeof openCluster>>;
let keys: string[];

beforeAll(async () => {
  cluster = await openCluster();
  process.env.TEST_DATABASE_URL = cluster.url;
  useSettings({ DATABASE_URL: await createDatabase('standby_away') });
  await insertPeople();
  await insertUser('bob');
  await givePassword(otto);
  const made = [await makeKey(ada, 'bob'), await makeKey(ada, 'bob'), await makeKey(ada, 'bob')];
  keys = made.map(({ id }) => id);
});
afterEach(() => waitForStandby(''));
afterAll(async () => {
  await closeVerification();
  await closeDatabase();
  await cluster?.remove();
});

/** Commits wait for this standby from now on. There is none of that name. */
async function waitForStandby(name: string) {
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  await client.query(`alter system set synchronous_standby_names = '${name}'`);
  await client.query('select pg_reload_conf()');
  const shown = async () => (await client.query('show synchronous_standby_names')).rows[0];
  while ((await shown()).synchronous_standby_names !== name);
  await client.end();
}

const switchOff = (id = '', by = ada) => switchKey(by, { id, active: false });
const waiting = () => countRows('pg_stat_activity', `wait_event = 'SyncRep'`);

async function timeOf(run: () => Promise<unknown>) {
  const begin = performance.now();
  await run();
  return performance.now() - begin;
}

it('says of changes that they are not confirmed, and holds up nobody else', async () => {
  const [first, second, third] = keys;
  await waitForStandby('away');
  const time = await timeOf(async () => {
    const changes = Promise.allSettled([switchOff(first), switchOff(second, otto)]);
    // Both would end at the lock's limit of two seconds if one kept the lock of the audit.
    const signedIn = await timeOf(async () => {
      const visit = { address: otto.address, userAgent: 'Jest' };
      const result = await signInWithPassword({ username: 'otto', password }, visit);
      expect(result.outcome).toBe('signed-in');
    });
    expect(signedIn).toBeLessThan(patience / 4);
    const [one, other] = await changes;
    expect(one).toMatchObject({ status: 'rejected', reason: expect.any(NotConfirmedError) });
    expect(other).toMatchObject({ status: 'rejected', reason: expect.any(NotConfirmedError) });
  });
  expect(time).toBeLessThan(patience + 2_000);
  // Verification reads what is committed, so that the keys are refused already.
  expect(await countRows('api_key', 'not active')).toBe(2);
  await waitForStandby('');
  expect(await switchOff(third)).toMatchObject({ outcome: 'changed' });
  expect(await waiting()).toBe(0);
});

it('answers a service 503, and so its repetition, until the change is confirmed', async () => {
  const service = await makeService(['keydesk:keys.write']);
  const request = { body: { user: 'bob' }, headers: fresh() };
  const create = () => service.call('POST', '/keys', request);
  await waitForStandby('away');
  const answers = [await create(), await create()];
  for (const answer of answers) {
    expect(answer).toMatchObject({
      status: 503,
      body: { type: expect.stringMatching(/not-confirmed$/) },
    });
  }
  expect(await waiting()).toBeLessThan(2);
  await waitForStandby('');
  expect(await create()).toMatchObject({ status: 201, body: { secret: expect.any(String) } });
});

it('does not believe a server that may have lost the change meanwhile', async () => {
  const target = { type: 'audit', id: null, label: 'lost' } as const;
  const lose = `select pg_terminate_backend(pid, 5000) from pg_stat_activity
    where application_name = 'keydesk confirmation'`;
  const change = (statement: string) =>
    database().transaction(async (tx) => {
      await recordEvent(tx, systemActor, 'audit.export', target);
      await tx.execute(statement);
    });
  await change('select 1');
  // A failover ends all connections, and those that are opened afterwards lead to the promoted server.
  await expect(change(lose)).rejects.toThrow(NotConfirmedError);
  await change('select 1');
});

it('warns where a standby is required and commits wait for none', async () => {
  expect(await lacksStandby()).toBe(false);
  useSettings({ REQUIRE_STANDBY: 'true' });
  // Each process of PostgreSQL reads the new value by itself, a moment later.
  while (!(await lacksStandby()));
  await waitForStandby('away');
  while (await lacksStandby());
});

it('is recognized when another bundle of the product has thrown it', () => {
  jest.isolateModules(() => {
    const other = jest.requireActual<typeof import('@/db/confirmation')>('@/db/confirmation');
    expect(other.NotConfirmedError).not.toBe(NotConfirmedError);
    expect(new other.NotConfirmedError()).toBeInstanceOf(NotConfirmedError);
  });
  expect(new Error()).not.toBeInstanceOf(NotConfirmedError);
});

it('control: a change that nobody confirms waits, with the lock of the audit', async () => {
  await waitForStandby('away');
  const client = await pagePool().connect();
  await client.query('begin');
  const target = { type: 'audit', id: null, label: 'control' } as const;
  await recordEvent(drizzle(client), systemActor, 'audit.export', target);
  const commit = client.query('commit');
  await expect(
    database().transaction((tx) => recordEvent(tx, systemActor, 'audit.export', target)),
  ).rejects.toMatchObject({ cause: { code: '55P03' } });
  await waitForStandby('');
  await commit;
  client.release();
});
