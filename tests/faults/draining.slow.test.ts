import type { ChildProcess } from 'node:child_process';
import { freePort } from '../../scripts/free-port';
import { times } from '../helpers/times';
import { until } from '../helpers/waiting';
import { openDatabase } from '../verify/helpers/desk';
import { buildThread, startInstance } from '../verify/helpers/instance';
import { startNginx, stop as stopGateway } from '../verify/helpers/programs';
import { recipe } from '../verify/helpers/recipe';
import { openBackend } from '../verify/helpers/servers';
import { underLoad } from './helpers/load';
import { say } from './helpers/say';

jest.setTimeout(300_000);

let database: Awaited<ReturnType<typeof openDatabase>>;
let backend: Awaited<ReturnType<typeof openBackend>>;
let thread: string;
let service: string;
let good: string;
let goodId: string;

beforeAll(async () => {
  database = await openDatabase();
  backend = await openBackend();
  const bob = await database.addUser('bob');
  service = (await database.addKey(bob, { scopes: ['keydesk:verify'] })).secret;
  ({ secret: good, id: goodId } = await database.addKey(bob));
  thread = await buildThread();
});
afterAll(async () => {
  await backend.close();
  await database.drop();
});

/** nginx in front of these instances, as in the recipe except for their number. */
async function openGateway(ports: number[]): Promise<[ChildProcess, string]> {
  const port = await freePort();
  const { nginx = '' } = recipe('docs/gateways-nginx.md', ['nginx'], {
    '    server 127.0.0.1:3001;': ports.map((one) => `    server 127.0.0.1:${one};`).join('\n'),
    '127.0.0.1:8080': `127.0.0.1:${backend.port}`,
    '127.0.0.1:8000': `127.0.0.1:${port}`,
    SERVICE_KEY: service,
  });
  return [await startNginx(nginx, port), `http://127.0.0.1:${port}`];
}

async function failuresWhile(origin: string, act: () => Promise<unknown>) {
  const failures: number[] = [];
  let answered = 0;
  const stop = underLoad(16, async () => {
    const response = await fetch(origin, { headers: { 'x-api-key': good } });
    await response.arrayBuffer();
    answered += 1;
    if (response.status !== 200) failures.push(response.status);
  });
  await until(() => answered > 100);
  await act();
  const before = answered;
  await until(() => answered > before + 100);
  await stop();
  return { failures, answered };
}

test('an instance that is stopped fails no request, and writes the usage that it counted', async () => {
  for (let round = 0; round < times(5, 1); round++) {
    const stays = await startInstance(database.url, thread);
    const leaves = await startInstance(database.url, thread);
    const [gateway, origin] = await openGateway([leaves.port, stays.port]);
    await database.sql('delete from key_usage');
    const { failures, answered } = await failuresWhile(origin, async () => {
      expect(await leaves.stop('SIGTERM')).toBe(0);
    });
    say(`restart ${round + 1}: ${answered} answered, ${failures.length} failed`);
    expect(failures).toEqual([]);
    expect(answered).toBeGreaterThan(100);
    await stays.stop('SIGINT');
    const [used] = await database.sql(
      "select sum(count)::int as count from key_usage where key_id = $1 and code = 'VALID'",
      [goodId],
    );
    expect(used.count).toBeGreaterThanOrEqual(answered);
    await stopGateway(gateway);
  }
});

test('control: a lone instance that is killed fails requests', async () => {
  const dies = await startInstance(database.url, thread);
  const [gateway, origin] = await openGateway([dies.port]);
  const { failures } = await failuresWhile(origin, () => dies.stop('SIGKILL'));
  expect(failures.length).toBeGreaterThan(0);
  await stopGateway(gateway);
});
