import type { AddressInfo } from 'node:net';
import { Client } from 'pg';
import { closeDatabase, pagePool, prepareConfirmation } from '@/db/client';
import { migrateDatabase } from '@/db/migrate';
import { isUnanswered } from '@/db/unanswered';
import { keepIdentity } from '@/lib/restore/keep-identity';
import { createListener } from '@/lib/verify/listener';
import { answerRevoke } from '@/lib/verify/revoke-endpoint';
import { openRoleLog } from '@/lib/verify/role-log';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { times } from '../helpers/times';
import { until } from '../helpers/waiting';
import { environment, openDatabase, pepper } from '../verify/helpers/desk';
import { type Cluster, openCluster, openStandby } from './helpers/cluster';
import { underLoad } from './helpers/load';
import { say } from './helpers/say';

jest.setTimeout(120_000);

type Service = Awaited<ReturnType<typeof openService>>;

let database: Awaited<ReturnType<typeof openDatabase>>;
let primary: Cluster;
let standby: Cluster;
let service: Service;
let caller: string;

beforeAll(async () => {
  primary = await openCluster();
  process.env.TEST_DATABASE_URL = primary.url;
  database = await openDatabase();
  const gateway = await database.addUser('gateway');
  caller = (await database.addKey(gateway, { scopes: ['keydesk:verify'] })).secret;
  standby = await openStandby(primary);
});
afterEach(async () => {
  await closeDatabase();
  await service?.close();
});
afterAll(async () => {
  await standby?.remove();
  await primary?.remove();
});

/** The address of the tests' database on these servers. */
const addressOf = (...servers: Cluster[]) =>
  `postgresql://keydesk@${servers.map(({ port }) => `127.0.0.1:${port}`).join(',')}${new URL(database.url).pathname}`;

async function onServer(server: Cluster, statement: string) {
  const client = new Client({ connectionString: addressOf(server) });
  client.on('error', () => undefined);
  await client.connect();
  const { rows } = await client.query(statement);
  await client.end();
  return rows[0];
}

/** The listener for services, and the pool of the pages, at this address. */
async function openService(address: string) {
  Object.assign(process.env, environment(address));
  const written: string[] = [];
  const spy = jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    written.push(String(line));
    return true;
  });
  const own = openVerification({
    connectionString: address,
    peppers: [pepper],
    onRole: openRoleLog(),
  });
  const server = createListener(own, answerRevoke);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  async function ask(key: string): Promise<string> {
    const answer = await fetch(`${origin}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${caller}` },
      body: JSON.stringify({ key }),
    });
    return answer.ok ? (await answer.json()).code : String(answer.status);
  }
  const read = async (path: string) => {
    const answer = await fetch(origin + path);
    return `${answer.status} ${await answer.text()}`;
  };
  const events = () => written.flatMap((line) => /"event":"([^"]+)"/.exec(line)?.[1] ?? []);
  async function close() {
    spy.mockRestore();
    server.closeAllConnections();
    server.close();
    await closeVerification(own);
  }
  return { own, ask, read, events, close };
}

test('a standby is not believed: no verdict, not ready, and pages get no row', async () => {
  const owner = await database.addUser('bob');
  const key = await database.addKey(owner);
  const { lsn } = await onServer(primary, 'select pg_current_wal_lsn() as lsn');
  await until(async () =>
    Boolean((await onServer(standby, `select pg_last_wal_replay_lsn() >= '${lsn}' as is`)).is),
  );
  await onServer(standby, 'select pg_wal_replay_pause()');
  await database.sql('update api_key set active = false where id = $1', [key.id]);
  // Control: whoever reads there is told that the key is good.
  const stale = await onServer(standby, `select active from api_key where id = '${key.id}'`);
  expect(stale).toEqual({ active: true });

  service = await openService(addressOf(standby));
  await until(() => service.own.lookup.role === 'standby');
  const began = performance.now();
  expect(await service.ask(key.secret)).toBe('503');
  expect(performance.now() - began).toBeLessThan(500);
  expect(await service.read('/readyz')).toMatch(/^503 .*The database is in recovery/s);
  expect(await service.read('/metrics')).toMatch(/^keydesk_database_role{role="standby"} 1$/m);
  const failure = await pagePool()
    .connect()
    .catch((error: unknown) => error);
  expect(String(failure)).toMatch(/The database is in recovery/);
  expect(isUnanswered(failure)).toBe(true);
  const start = migrateDatabase(addressOf(standby), undefined);
  await expect(start).rejects.toThrow(/^The database is in recovery: .*primary server/);
  await onServer(standby, 'select pg_wal_replay_resume()');
  expect(service.events()).toEqual(['database in recovery']);
});

test('a failover is followed: nothing wrong, nothing acknowledged lost, one line each', async () => {
  await onServer(primary, `alter system set synchronous_standby_names = '*'`);
  await onServer(primary, 'select pg_reload_conf()');
  await until(
    async () =>
      (await onServer(primary, 'show synchronous_standby_names')).synchronous_standby_names === '*',
  );
  Object.assign(process.env, environment(addressOf(primary)));
  expect(await keepIdentity()).toBe(true);
  await closeDatabase();
  const owner = await database.addUser('carol');
  const good = (await database.addKey(owner)).secret;
  const off = (await database.addKey(owner, { active: false })).secret;
  const switched = await database.addKey(owner);
  service = await openService(addressOf(standby, primary));
  await until(async () => (await service.ask(good)) === 'VALID');

  const wrong: string[] = [];
  let [right, latest, gap] = [0, performance.now(), 0];
  const asking = underLoad(4, async (loop) => {
    const code = await service.ask(loop % 2 ? good : off);
    if (code === (loop % 2 ? 'VALID' : 'INACTIVE')) {
      right += 1;
      gap = Math.max(gap, performance.now() - latest);
      latest = performance.now();
    } else if (code !== '503') wrong.push(code);
  });
  let [acknowledged, tried] = [0, 0];
  const change = async () => {
    const confirm = await prepareConfirmation();
    const values = [switched.id, `${tried}`];
    await pagePool().query('update api_key set active = false, name = $2 where id = $1', values);
    await confirm();
    acknowledged = tried;
  };
  const changing = underLoad(1, async () => {
    tried += 1;
    await change().catch(() => undefined);
  });
  await until(() => acknowledged > 20);
  const before = acknowledged;
  await primary.stop();
  await until(() => service.own.lookup.role === 'standby');
  await new Promise((resolve) => setTimeout(resolve, times(2_000, 0)));
  const promoted = performance.now();
  await onServer(standby, 'select pg_promote()');
  await until(() => service.own.lookup.role === 'primary');
  const followed = performance.now() - promoted;
  await until(() => acknowledged > before + 20 && right > 200);
  await Promise.all([asking(), changing()]);

  expect(wrong).toEqual([]);
  expect(followed).toBeLessThan(2_000);
  const { name } = await onServer(standby, `select name from api_key where id = '${switched.id}'`);
  expect(Number(name)).toBeGreaterThanOrEqual(acknowledged);
  expect(await service.ask(switched.secret)).toBe('INACTIVE');
  expect(await service.read('/readyz')).toBe('200 ok\n');
  expect(await service.read('/metrics')).toMatch(/^keydesk_database_role{role="primary"} 1$/m);
  expect(service.events()).toEqual(['primary lost', 'database in recovery', 'primary found']);
  say(
    `failover: ${right} right, 0 wrong, ${acknowledged} changes, 0 lost; gap ${gap.toFixed(0)} ms, ` +
      `${followed.toFixed(0)} ms after the promotion began`,
  );
});

test('a server that a failover has left behind is passed over', async () => {
  primary.demote();
  await primary.start();
  service = await openService(addressOf(primary, standby));
  await until(() => service.own.lookup.role === 'primary');
  expect(await service.ask('kd_nonsense')).toBe('MALFORMED');
  const { rows } = await pagePool().query('show port');
  expect(rows).toEqual([{ port: String(standby.port) }]);
  expect(service.events()).toEqual([]);
});
