import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { markUnanswered } from '@/db/unanswered';
import { admitUnavailable, noteUnanswered } from '@/lib/http/unavailable';
import { beginRequest } from '@/lib/log/request-id';
import { useSettings } from './helpers/settings';

let server: Server;
let origin: string;

/** Answers with the status in the path, after an error of the database or one of our own. */
beforeAll(async () => {
  useSettings({ DATABASE_URL: 'postgresql://x@localhost/x' });
  noteUnanswered();
  server = createServer((request, response) => {
    beginRequest(request, response);
    admitUnavailable(request, response);
    const [, status, cause] = (request.url ?? '').split('/');
    const lost = Object.assign(new Error('lost'), { code: 'ECONNREFUSED' });
    markUnanswered(cause === 'database' ? lost : new TypeError('a fault of ours'));
    response.statusCode = Number(status);
    response.statusMessage = 'As Said';
    response.end('A page.');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

test.each([
  ['GET', '/500/database', 503, '5'],
  ['HEAD', '/500/database', 503, '5'],
  // What was posted may have taken effect.
  ['POST', '/500/database', 500, null],
  ['GET', '/500/ours', 500, null],
  // An error that the page could do without.
  ['GET', '/200/database', 200, null],
  ['GET', '/404/database', 404, null],
])('%s %s is answered %d', async (method, path, status, retryAfter) => {
  const answer = await fetch(origin + path, { method });
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([status, retryAfter]);
  expect(answer.statusText).toBe(status === 503 ? 'Service Unavailable' : 'As Said');
  expect(await answer.text()).toBe(method === 'HEAD' ? '' : 'A page.');
});
