import type { Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { askProvider } from '@/lib/auth/oidc/provider-fetch';
import { readProviderPerson } from '@/lib/auth/oidc/provider-person';
import { type RawServer, repeat, startRawServer, trickle } from '../helpers/raw-server';
import { useSettings } from '../helpers/settings';
import { until } from '../helpers/waiting';
import { providerSettings } from './start-provider';

let server: RawServer | undefined;
afterEach(() => server?.stop());

const limits = { longest: 250, most: 100_000 };
const head = 'HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n';

async function ask(talk: (socket: Socket) => unknown): Promise<Response> {
  server = await startRawServer(talk);
  const issuer = `http://127.0.0.1:${server.port}`;
  useSettings({ DATABASE_URL: 'postgresql://k@localhost/k', ...providerSettings(issuer) });
  return askProvider(issuer, {}, limits);
}

const chunked = `${head}Transfer-Encoding: chunked\r\n\r\n`;
const bomb = gzipSync(Buffer.alloc(5_000_000));

test.each<{ what: string; talk: (socket: Socket) => unknown; reason: string }>([
  { what: 'says nothing', talk: () => undefined, reason: 'in time' },
  { what: 'closes without a word', talk: (socket) => socket.end(), reason: '' },
  {
    what: 'switches protocols',
    talk: (socket) => socket.write('HTTP/1.1 101 x\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n'),
    reason: '',
  },
  {
    what: 'says 103 for ever',
    talk: (socket) => repeat(socket, 'HTTP/1.1 103 x\r\na: b\r\n\r\n'),
    reason: '',
  },
  {
    what: 'trickles headers',
    talk: (socket) => trickle(socket, 'a: b\r\n', { first: head }),
    reason: 'in time',
  },
  {
    what: 'trickles its body',
    talk: (socket) => trickle(socket, ' ', { first: `${head}Content-Length: 9000\r\n\r\n` }),
    reason: 'in time',
  },
  {
    what: 'answers without end',
    talk: (socket) => repeat(socket, ' '.repeat(20_000), { first: `${head}\r\n`, every: 1 }),
    reason: 'too much',
  },
  {
    what: 'answers without end in parts',
    talk: (socket) =>
      repeat(socket, `4e20\r\n${' '.repeat(20_000)}\r\n`, { first: chunked, every: 1 }),
    reason: 'too much',
  },
  {
    what: 'answers little that unpacks to much',
    talk: (socket) => {
      socket.write(`${head}Content-Encoding: gzip\r\nContent-Length: ${bomb.length}\r\n\r\n`);
      socket.write(bomb);
    },
    reason: 'too much',
  },
])('the request to a provider that $what is given up', async ({ talk, reason }) => {
  const begun = performance.now();
  await expect(ask(talk)).rejects.toThrow(reason);
  expect(performance.now() - begun).toBeLessThan(limits.longest + 1_500);
  await until(() => server?.open.size === 0);
});

test('control: an answer within the limit is read unchanged', async () => {
  const text = JSON.stringify({ filler: ' '.repeat(99_000) });
  const packed = gzipSync(text);
  const answer = await ask((socket) => {
    socket.write(`${head}Content-Encoding: gzip\r\nContent-Length: ${packed.length}\r\n\r\n`);
    socket.end(packed);
  });
  expect(answer.headers.get('content-type')).toBe('application/json');
  expect(await answer.text()).toBe(text);
});

test('an answer without a body stays one', async () => {
  const answer = await ask((socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n'));
  expect([answer.status, await answer.text()]).toEqual([204, '']);
});

test('endless metadata is not read for long: a megabyte is more than any provider sends', async () => {
  let read = 0;
  server = await startRawServer((socket) => {
    socket.write(`${head}\r\n`);
    const more = () => {
      while (!socket.destroyed && socket.write(' '.repeat(65_536))) read += 65_536;
    };
    socket.on('drain', more);
    more();
  });
  useSettings(providerSettings(`http://127.0.0.1:${server.port}`));
  await expect(readProviderPerson({ idToken: '', accessToken: null })).rejects.toThrow('too much');
  await until(() => server?.open.size === 0);
  // Only as much as the sockets in between buffer.
  expect(read).toBeLessThan(12_000_000);
});
