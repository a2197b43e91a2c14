import { connect } from 'node:net';
import { mintSecret, secretMac } from '@/lib/keys/secret/secret';
import { UnavailableError } from '@/lib/verify/connection';
import { openLookup } from '@/lib/verify/lookup';
import { type Desk, type Key, openDesk, pepper } from './helpers/desk';
import { sendRaw } from './helpers/raw';

let desk: Desk;
let key: Key;

beforeAll(async () => {
  desk = await openDesk();
  key = await desk.addKey(await desk.addUser('bob'));
});
afterAll(() => desk.close());

const someMac = () => {
  const bytes = secretMac(mintSecret('kd'), pepper);
  return [{ bytes, hex: bytes.toString('hex') }];
};

test('questions of one turn share a statement', async () => {
  const sizes: number[] = [];
  const lookup = openLookup(
    { connectionString: desk.url },
    {
      onBatch: (size) => sizes.push(size),
    },
  );
  await lookup.ask(someMac());
  await Promise.all(Array.from({ length: 100 }, () => lookup.ask(someMac())));
  expect(sizes).toEqual([1, 100]);
  await lookup.end();
});

test('a malformed key costs no look-up of its own', async () => {
  const asked: number[] = [];
  const ask = desk.own.lookup.ask.bind(desk.own.lookup);
  const spy = jest.spyOn(desk.own.lookup, 'ask').mockImplementation((macs, since) => {
    asked.push(macs.length);
    return ask(macs, since);
  });
  await desk.verify({ key: `${key.secret.slice(0, -1)}!` });
  await desk.verify({ key: key.secret });
  await desk.verify({ key: key.secret }, { authorization: 'Bearer malformed' });
  expect(asked).toEqual([1, 2]);
  spy.mockRestore();
});

test('if the queue is full, the next question is refused at once', async () => {
  const nowhere = openLookup({ host: '127.0.0.1', port: 1 });
  const waiting = Array.from({ length: 2_000 }, () => nowhere.ask(someMac()));
  const started = performance.now();
  await expect(nowhere.ask(someMac())).rejects.toThrow(UnavailableError);
  expect(performance.now() - started).toBeLessThan(100);
  const outcomes = await Promise.allSettled(waiting);
  expect(outcomes.every(({ status }) => status === 'rejected')).toBe(true);
  const elapsed = performance.now() - started;
  expect(elapsed).toBeGreaterThan(900);
  expect(elapsed).toBeLessThan(1_500);
  await nowhere.end();
});

test('a database that does not answer within a second counts as unavailable', async () => {
  await desk.sql('begin');
  await desk.sql('lock table api_key in access exclusive mode');
  const started = performance.now();
  const [verify, gate] = await Promise.all([
    desk.verify({ key: key.secret }),
    desk.gate({ 'x-api-key': key.secret }),
  ]);
  expect(performance.now() - started).toBeLessThan(1_500);
  await desk.sql('rollback');
  for (const response of [verify, gate]) {
    expect(response.status).toBe(503);
    expect(response.headers.get('retry-after')).toBe('1');
    expect(response.headers.get('content-type')).toBe('application/problem+json');
  }
  expect((await desk.verify({ key: key.secret })).status).toBe(200);
});

test('headers over 60 KB are refused, at the gate like any bad key, and others are answered', async () => {
  const refused = async (path: string) =>
    sendRaw(desk.port, [`GET ${path} HTTP/1.1`, 'Host: k', `X-API-Key: ${'x'.repeat(65_536)}`]);
  expect(await refused('/api/v1/gate')).toMatch(/^HTTP\/1\.1 401 /);
  expect(await refused('/healthz')).toMatch(/^HTTP\/1\.1 431 /);
  expect((await desk.verify({ key: key.secret })).status).toBe(200);
});

test('a request that arrives too slowly is cut off', async () => {
  desk.server.headersTimeout = 1_000;
  desk.server.requestTimeout = 1_500;
  const started = performance.now();
  const slow = [
    'GET /healthz HTTP/1.1\r\nX: ',
    'POST /api/v1/verify HTTP/1.1\r\nHost: k\r\nContent-Length: 50\r\n\r\n',
  ];
  const ends = slow.map(
    (head) =>
      new Promise<string>((resolve) => {
        let answer = '';
        const socket = connect(desk.port, '127.0.0.1', () => socket.write(head));
        const drip = setInterval(() => socket.write('x'), 200);
        socket.on('data', (chunk) => {
          answer += chunk;
        });
        socket.on('error', () => undefined);
        socket.on('close', () => {
          clearInterval(drip);
          resolve(answer);
        });
      }),
  );
  for (const answer of await Promise.all(ends)) expect(answer).toMatch(/^(HTTP\/1\.1 408|$)/);
  expect(performance.now() - started).toBeLessThan(6_000);
});

test('connections are kept longer than a proxy keeps them', () => {
  expect(desk.server.keepAliveTimeout).toBeGreaterThanOrEqual(65_000);
});
