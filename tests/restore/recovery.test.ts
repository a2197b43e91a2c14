import { Client } from 'pg';
import { closeDatabase, pagePool } from '@/db/client';
import { verifyChain } from '@/lib/audit/verify-chain';
import { keepIdentity, recordPromotion } from '@/lib/restore/keep-identity';
import { watchIdentity } from '@/lib/server/watch-identity';
import { type Cluster, openCluster, openStandby } from '../faults/helpers/cluster';
import { until } from '../helpers/waiting';
import { openDatabase } from '../verify/helpers/desk';
import { beNew } from './helpers';

jest.setTimeout(120_000);

let primary: Cluster;
let path: string;
const standbys: Cluster[] = [];

const addressOf = ({ port }: Cluster) => `postgresql://keydesk@127.0.0.1:${port}${path}`;

beforeAll(async () => {
  primary = await openCluster();
  process.env.TEST_DATABASE_URL = primary.url;
  const database = await openDatabase();
  path = new URL(database.url).pathname;
  await beNew(database.url);
  expect(await keepIdentity()).toBe(true);
  await closeDatabase();
});
afterEach(() => closeDatabase());
afterAll(async () => {
  for (const one of standbys) await one.remove();
  await primary?.remove();
});

async function onServer(server: Cluster, statement: string) {
  const client = new Client({ connectionString: addressOf(server) });
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows[0];
}

/** A copy of the primary that follows it up to a point, if one is named, and then becomes one itself. */
async function promoted(point?: string): Promise<Cluster> {
  const standby = await openStandby(primary, point ? { recovery_target_name: point } : {});
  standbys.push(standby);
  if (point) {
    await onServer(primary, `select pg_create_restore_point('${point}')`);
    const state = `select pg_get_wal_replay_pause_state() as state`;
    await until(async () => (await onServer(standby, state)).state === 'paused');
  }
  expect(await onServer(standby, 'select pg_promote() as done')).toEqual({ done: true });
  return standby;
}

const promotions = async () => {
  const { rows } = await pagePool().query(
    `select actor, details from audit_event where action = 'database.promote'`,
  );
  return rows;
};

it('a promotion is written down once, by whoever sees it first, and nothing stops', async () => {
  const standby = await promoted();
  await beNew(addressOf(standby));
  expect(await Promise.all([keepIdentity(), keepIdentity(), keepIdentity()])).toEqual([
    true,
    true,
    true,
  ]);
  await recordPromotion();
  const timeline = { from: '00000001', to: '00000002' };
  expect(await promotions()).toEqual([{ actor: 'system', details: { timeline } }]);
  expect(await verifyChain()).toMatchObject({ fault: null });
  await closeDatabase();
  // The server that was left behind still takes connections. Who has seen the other one does not believe it.
  process.env.DATABASE_URL = addressOf(primary);
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
  // Control: who has not, cannot tell.
  await beNew(addressOf(primary));
  expect(await keepIdentity()).toBe(true);
});

it('a process that runs writes it down without a start', async () => {
  await beNew(addressOf(primary));
  watchIdentity();
  await pagePool().query('select');
  await closeDatabase();
  process.env.DATABASE_URL = addressOf(await promoted());
  expect(await promotions()).toEqual([]);
  await until(async () => (await promotions()).length === 1);
});

it('recovery to a point in time is no promotion', async () => {
  const standby = await promoted('before the mistake');
  await beNew(addressOf(standby));
  expect(await keepIdentity()).toBe(false);
  await expect(pagePool().connect()).rejects.toThrow(/restored or copied/);
});
