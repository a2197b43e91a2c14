import { appOf, bearer, key, testMiddleware } from './middleware';

jest.setTimeout(60_000);
// A real Next.js takes as long as all others together.
testMiddleware(['next']);

it('a proxy of Next refuses what has no good key, and lets the rest pass', async () => {
  const ask = (headers: Record<string, string>) => appOf('next').ask(headers, '/admin');
  expect((await ask({})).status).toBe(401);
  const response = await ask(bearer(key.secret));
  expect([response.status, await response.json()]).toEqual([200, { reached: true }]);
});
