import { createServer, type Server, type Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import { Client } from 'pg';
import { closeDatabase, pagePool } from '@/db/client';
import { NoPrimaryError } from '@/db/no-primary';
import { PrimaryClient } from '@/db/primary-client';
import { serversOf, serversProblem } from '@/db/servers';
import { isUnanswered } from '@/db/unanswered';
import { freePort } from '@/scripts/free-port';
import { shownDatabase } from '@/scripts/shown-database';
import { useTestDatabase } from '../helpers/database';
import { until } from '../helpers/waiting';

useTestDatabase();

describe('an address', () => {
  it.each([
    ['postgresql://k:p@h/db', ['postgresql://k:p@h/db']],
    ['postgres://k:p@h1:1,h2/db?a=b', ['postgres://k:p@h1:1/db?a=b', 'postgres://k:p@h2/db?a=b']],
    ['postgres://k:a,b@[::1]:1,[::2]:2', ['postgres://k:a,b@[::1]:1', 'postgres://k:a,b@[::2]:2']],
    [
      'postgres://k@/db?host=h1,/run/pg&port=5433',
      ['postgres://k@/db?host=h1&port=5433', 'postgres://k@/db?host=%2Frun%2Fpg&port=5433'],
    ],
    [
      'postgres:///db?host=h1,h2&port=1,2',
      ['postgres:///db?host=h1&port=1', 'postgres:///db?host=h2&port=2'],
    ],
  ])('may list servers as in libpq: %s', (address, servers) => {
    expect(serversProblem(address)).toBeUndefined();
    expect(serversOf(address)).toEqual(servers);
    for (const server of servers) expect(() => new Client(server)).not.toThrow();
  });

  it.each([
    ['postgres://h1,h2/db?port=1,2,3', /one port for all hosts/],
    ['postgres://h1:0,h2/db', /ports of 1 to 65535/],
    ['postgres://h1:x/db', /ports of 1 to 65535/],
    ['postgres://h1,,h2/db', /an empty name/],
    ['postgres://h1,h2/db?target_session_attrs=any', /no other target_session_attrs/],
    ['postgres://h/db?target_session_attrs=prefer-standby', /no other target_session_attrs/],
  ])('is refused in one line: %s', (address, problem) => {
    expect(serversProblem(address)).toMatch(problem);
    expect(() => new PrimaryClient({ connectionString: address })).toThrow(problem);
  });

  it.each(['read-write', 'primary'])('may ask for what Keydesk takes anyway: %s', (attributes) => {
    expect(
      serversProblem(`postgres://h1,h2/db?target_session_attrs=${attributes}`),
    ).toBeUndefined();
  });

  it('is shown with all its servers', () => {
    const shown = 'the database db at h1:5432, h2:5433';
    expect(shownDatabase('postgres://k:secret@h1,h2:5433/db')).toBe(shown);
    expect(shownDatabase('postgres://k:secret@/db?host=h1,h2&port=5432,5433')).toBe(shown);
  });
});

const closes: (() => void)[] = [];
afterEach(() => {
  for (const close of closes.splice(0)) close();
});

/** Listens until the test ends, and does with each connection what it is told. */
async function listen(answer: (socket: Socket) => void = () => undefined) {
  const sockets: Socket[] = [];
  const server: Server = createServer((socket) => {
    sockets.push(socket.on('error', () => undefined));
    answer(socket);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closes.push(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  return { port: (server.address() as { port: number }).port, sockets };
}

function addressWith(...places: string[]) {
  const real = new URL(process.env.DATABASE_URL ?? '');
  const { username, password, pathname } = real;
  return `postgresql://${username}:${password}@${[...places, real.host].join(',')}${pathname}`;
}

async function secondsToConnect(connectionString: string) {
  const began = performance.now();
  const client = new PrimaryClient({ connectionString, connectionTimeoutMillis: 3_000 });
  await client.connect();
  await client.query('select 1');
  await client.end();
  return (performance.now() - began) / 1_000;
}

test('servers that are down or silent are passed over, and the next connection does not wait', async () => {
  const silent = await listen();
  const down = `127.0.0.1:${await freePort()}`;
  const address = addressWith(down, `127.0.0.1:${silent.port}`);
  expect(await secondsToConnect(address)).toBeLessThan(2.5);
  expect(silent.sockets).toHaveLength(1);
  expect(await secondsToConnect(address)).toBeLessThan(1);
  expect(silent.sockets).toHaveLength(1);
});

test('the pool of the pages uses the server that works, within its own limit', async () => {
  const direct = process.env.DATABASE_URL;
  const silent = await listen();
  await closeDatabase();
  process.env.DATABASE_URL = addressWith(`127.0.0.1:${silent.port}`);
  const { rows } = await pagePool().query('select 1 as one');
  expect(rows).toEqual([{ one: 1 }]);
  await closeDatabase();
  process.env.DATABASE_URL = direct;
});

test('without any server the error names each, and counts as an unanswered database', async () => {
  const silent = await listen();
  const connectionString = `postgresql://k:s3cret@127.0.0.1:${await freePort()},127.0.0.1:${silent.port}/db`;
  const client = new PrimaryClient({ connectionString, connectionTimeoutMillis: 300 });
  const failure = await client.connect().catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(NoPrimaryError);
  expect(String(failure)).toMatch(
    /No server in DATABASE_URL .* \(127\.0\.0\.1:\d+: ECONNREFUSED; 127\.0\.0\.1:\d+: timeout expired\)\.$/,
  );
  expect(String(failure)).not.toContain('s3cret');
  expect(isUnanswered(failure)).toBe(true);
});

test('a connection whose server enters recovery is closed', async () => {
  const client = new PrimaryClient({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const asked = client.query('select pg_sleep(10)');
  const told = { parameterName: 'in_hot_standby', parameterValue: 'on' };
  client.connection.emit('parameterStatus', told);
  await expect(asked).rejects.toThrow('in recovery');
});

test('with TLS, each server is asked for by its own name', async () => {
  const names: string[] = [];
  const speakTls = (socket: Socket) =>
    socket.once('data', () => {
      socket.write('S');
      const secure = new TLSSocket(socket, {
        isServer: true,
        SNICallback: (name, done) => {
          names.push(name);
          done(new Error('no certificate'));
        },
      });
      secure.on('error', () => socket.destroy());
    });
  const [first, second] = [await listen(speakTls), await listen(speakTls)];
  const connectionString = `postgresql://k@localhost:${first.port},LOCALHOST:${second.port}/db?sslmode=verify-full`;
  const client = new PrimaryClient({ connectionString, connectionTimeoutMillis: 3_000 });
  await expect(client.connect()).rejects.toThrow('No server');
  await until(() => names.length === 2);
  expect(names).toEqual(['localhost', 'LOCALHOST']);
});
