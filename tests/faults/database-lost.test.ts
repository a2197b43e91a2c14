import { spawnSync } from 'node:child_process';
import { Client } from 'pg';
import { times } from '../helpers/times';
import { openDatabase } from '../verify/helpers/desk';
import { buildThread, type Instance, startInstance } from '../verify/helpers/instance';
import { openCluster } from './helpers/cluster';
import { timeUntil, underLoad } from './helpers/load';
import { say } from './helpers/say';

jest.setTimeout(180_000);

let cluster: Awaited<ReturnType<typeof openCluster>>;
let database: Awaited<ReturnType<typeof openDatabase>>;
let thread: string;
let instance: Instance;
let service: string;
let good: string;
let off: string;

beforeAll(async () => {
  cluster = await openCluster();
  process.env.TEST_DATABASE_URL = cluster.url;
  database = await openDatabase();
  const bob = await database.addUser('bob');
  service = (await database.addKey(bob, { scopes: ['keydesk:verify'] })).secret;
  good = (await database.addKey(bob)).secret;
  off = (await database.addKey(bob, { active: false })).secret;
  thread = await buildThread();
  instance = await startInstance(database.url, thread);
});
afterAll(async () => {
  await instance?.stop();
  await cluster?.remove();
});

const serves = async () => (await instance.verify(service, good)).status === 200;
const statusOf = async (path: string) => (await fetch(instance.origin + path)).status;

async function terminateAll() {
  const client = new Client({ connectionString: cluster.url });
  await client.connect();
  const { rowCount } = await client.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name like 'keydesk %'`,
  );
  await client.end();
  return rowCount ?? 0;
}

test('all connections cut under load: no exit, no wrong verdict, serving again in 2 s', async () => {
  const wrong: unknown[] = [];
  let right = 0;
  const stop = underLoad(16, async (loop) => {
    const answer = await instance.verify(service, loop % 2 ? good : off);
    const expected = loop % 2 ? 'VALID' : 'INACTIVE';
    if (answer.status === 200 && answer.code === expected) right += 1;
    else if (answer.status !== 503) wrong.push(answer);
  });
  let slowest = 0;
  for (let round = 0; round < times(50, 4); round++) {
    // The answer before may have come over connections that were about to end.
    while ((await terminateAll()) === 0);
    slowest = Math.max(slowest, await timeUntil(serves, 5_000));
    expect(slowest).toBeLessThan(2_000);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  await stop();
  say(
    `${times(50, 4)} cuts: ${right} right, ${wrong.length} wrong, ${slowest.toFixed(0)} ms at most`,
  );
  expect(wrong).toEqual([]);
  expect(right).toBeGreaterThan(100);
  expect(instance.isRunning()).toBe(true);
});

test('control: a connection without an error listener takes its process with it', () => {
  const script = `
    import pg from 'pg';
    const client = new pg.Client(process.argv[1]);
    await client.connect();
    const other = new pg.Client(process.argv[1]);
    await other.connect();
    await other.query('select pg_terminate_backend($1)', [client.processID]);
    setTimeout(() => process.exit(0), 2000);`;
  const { status } = spawnSync(process.execPath, [
    '--input-type=module',
    '-e',
    script,
    cluster.url,
  ]);
  expect(status).not.toBe(0);
});

test('PostgreSQL stopped: 503 within a second, not ready but up; back within 5 s of its return', async () => {
  let slowest = 0;
  for (let round = 0; round < times(5, 1); round++) {
    expect(await timeUntil(async () => (await statusOf('/readyz')) === 200, 5_000)).toBeLessThan(
      5_000,
    );
    await cluster.stop();
    for (let call = 0; call < 5; call++) {
      const started = performance.now();
      expect(await instance.verify(service, good)).toMatchObject({ status: 503 });
      expect(performance.now() - started).toBeLessThan(1_250);
    }
    expect(await statusOf('/readyz')).toBe(503);
    expect(await statusOf('/healthz')).toBe(200);
    await cluster.start();
    slowest = Math.max(slowest, await timeUntil(serves, 10_000));
    expect(slowest).toBeLessThan(5_000);
    expect(await timeUntil(async () => (await statusOf('/readyz')) === 200, 5_000)).toBeLessThan(
      5_000,
    );
  }
  say(`${times(5, 1)} stops of PostgreSQL: back after ${slowest.toFixed(0)} ms at most`);
});
