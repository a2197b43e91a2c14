import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { text } from 'node:stream/consumers';
import { queueSignIns } from '@/lib/http/sign-in-queue';
import { until } from './helpers/waiting';

let server: Server;
let origin: string;
/** Requests that have reached the framework and are not answered yet. */
let inWork: { request: IncomingMessage; response: ServerResponse }[] = [];

beforeEach(async () => {
  // A new list for this server, because one that has just closed may still pass on waiting requests.
  const own: typeof inWork = [];
  inWork = own;
  server = createServer((request, response) => void own.push({ request, response }));
  queueSignIns(server, ({ headers }) => String(headers['x-from'] ?? '192.0.2.1'));
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const post = (path = '/login', body = 'name=x', headers: Record<string, string> = {}) =>
  fetch(origin + path, { method: 'POST', body, headers });
const pathsInWork = () => inWork.map(({ request }) => request.url);

async function answerFirst(): Promise<string> {
  const first = inWork.shift();
  if (!first) throw new Error('Nothing is in work.');
  const body = await text(first.request);
  first.response.end(body);
  return body;
}

it('two sign-ins at a time reach the framework, complete, and the next one after an answer', async () => {
  const answers = ['a', 'b', 'c'].map((body) => post('/login?next=%2Fkeys', body));
  await until(() => inWork.length === 2);
  const read = [await answerFirst()];
  await until(() => inWork.length === 2);
  read.push(await answerFirst(), await answerFirst());
  expect(read.sort()).toEqual(['a', 'b', 'c']);
  expect((await Promise.all(answers)).map(({ status }) => status)).toEqual([200, 200, 200]);
});

it('other pages, and the page of the form itself, do not wait for them', async () => {
  const forms = ['1', '2', '3', '4'].map((body) => post('/login/code', body));
  await until(() => inWork.length === 2);
  const others = [fetch(`${origin}/login`), fetch(`${origin}/keys`), post('/login-of-another')];
  await until(() => inWork.length === 5);
  expect(pathsInWork().slice(2).sort()).toEqual(['/keys', '/login', '/login-of-another']);
  server.closeAllConnections();
  await Promise.allSettled([...forms, ...others]);
});

it('an incomplete form takes no turn', async () => {
  const slow = [1, 2, 3].map(() => {
    const line = connect(Number(new URL(origin).port), '127.0.0.1');
    line.on('error', () => undefined);
    line.write('POST /login HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nname');
    return line;
  });
  const whole = post('/login', 'whole');
  await until(() => inWork.length === 1);
  expect(await answerFirst()).toBe('whole');
  slow[0]?.write('=x');
  await until(() => inWork.length === 1);
  expect(await answerFirst()).toBe('name=x');
  expect((await whole).status).toBe(200);
  for (const line of slow) line.destroy();
});

it('a request that is closed while it waits takes no turn', async () => {
  void post('/login', '1');
  void post('/login', '2');
  await until(() => inWork.length === 2);
  const leaving = new AbortController();
  const left = fetch(`${origin}/login`, { method: 'POST', body: 'x', signal: leaving.signal });
  const after = post('/login', 'after', { 'x-from': '192.0.2.2' });
  leaving.abort();
  await expect(left).rejects.toThrow();
  await answerFirst();
  await answerFirst();
  await until(() => inWork.length === 1);
  expect(await answerFirst()).toBe('after');
  expect((await after).status).toBe(200);
});

it('a form that is too long is refused, and so is any form if too many wait', async () => {
  expect((await post('/login', 'x'.repeat(17_000))).status).toBe(413);
  const all = Array.from({ length: 203 }, () => post('/login'));
  const refused = await Promise.race(all);
  expect(refused.status).toBe(503);
  expect(refused.headers.get('retry-after')).toBe('2');
  server.closeAllConnections();
  await Promise.allSettled(all);
});
