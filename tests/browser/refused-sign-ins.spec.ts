import { connect } from 'node:net';
import { exchange } from '../helpers/plain-browser';
import { expect, signIn, test } from './desk';
import { flood } from './refused-sign-ins';

// Serial, because each test measures its own flood.
test.describe.configure({ mode: 'default' });

flood('fetch');

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
