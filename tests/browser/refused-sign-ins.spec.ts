import { connect } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { builtActions } from '../attack/helpers/build';
import { callAction, type Way } from '../attack/helpers/call-action';
import { type Answer, exchange } from '../helpers/plain-browser';
import { expect, signIn, test } from './desk';

// Serial, because each test measures its own flood.
test.describe.configure({ mode: 'default' });

const atOnce = 60;

const id = () => builtActions().find(({ name }) => name === 'signInAction')?.id ?? '';
const signInFrom = (url: string, way: Way, username: string, page = '/login') =>
  callAction({
    ...{ origin: url, page, id: id(), way, headers: { origin: url } },
    fields: { username, password: 'wrong', next: '/keys' },
  });

/** The longest time of an answer in milliseconds, asking repeatedly until `over` resolves. */
async function longestUntil(over: Promise<unknown>, ask: () => Promise<Answer>): Promise<number> {
  let isOver = false;
  let longest = 0;
  void over.finally(() => {
    isOver = true;
  });
  while (!isOver) {
    const began = performance.now();
    const { status } = await ask();
    if (!isOver) longest = Math.max(longest, performance.now() - began);
    expect(status).toBe(200);
    // Without a pause this would be a flood of its own.
    await pause(50);
  }
  return longest;
}

for (const way of ['fetch', 'form'] as Way[]) {
  test(`${atOnce} refused sign-ins at once hold up nobody else, by ${way}`, async ({ desk }) => {
    const cookie = desk.cookies.map(({ name, value }) => `${name}=${value}`).join('; ');
    const askPage = () => exchange(desk.url, '/settings/password', { headers: { cookie } });
    // The first request loads and compiles code.
    for (const ask of [askPage, () => signInFrom(desk.url, way, 'nobody')]) await ask();
    const began = performance.now();
    const flood = Promise.all(
      Array.from({ length: atOnce }, (_, at) => signInFrom(desk.url, way, `nobody ${at}`)),
    );
    const times = await Promise.all([
      longestUntil(flood, () => exchange(desk.url, '/healthz')),
      longestUntil(flood, askPage),
    ]);
    for (const { status, text } of await flood) {
      expect(status).toBe(200);
      expect(text).toMatch(/Wrong username or password|Too many failed attempts/);
    }
    // On a busy machine everything takes longer, but others still wait for only few of them.
    const all = performance.now() - began;
    for (const time of times) expect(time).toBeLessThan(Math.max(500, all / 3));
  });
}

test('forms that do not come to an end keep nobody from signing in', async ({ page, desk }) => {
  const { hostname, port } = new URL(desk.url);
  const lines = Array.from({ length: 20 }, () => {
    const line = connect(Number(port), hostname);
    line.on('error', () => undefined);
    line.write(
      `POST /login HTTP/1.1\r\nHost: ${hostname}:${port}\r\nOrigin: ${desk.url}\r\n` +
        'Content-Type: multipart/form-data; boundary=x\r\nContent-Length: 1000\r\n\r\n--x',
    );
    return line;
  });
  await desk.query('delete from sign_in_failure');
  const began = performance.now();
  await signIn(page);
  expect(performance.now() - began).toBeLessThan(15_000);
  for (const line of lines) line.destroy();
});

test('a form larger than any to sign in is refused before it is read', async ({ desk }) => {
  const body = Buffer.alloc(20_000, 'x');
  const headers = { origin: desk.url, 'content-type': 'multipart/form-data; boundary=x' };
  const sent = { method: 'POST', headers: { ...headers, 'content-length': '20000' }, body };
  expect((await exchange(desk.url, '/login', sent)).status).toBe(413);
});
