import { addKey, appOf, bearer, key, testMiddleware } from './middleware';

jest.setTimeout(60_000);
// A real Next.js takes as long as all others together.
testMiddleware(['next']);

// Both stand in docs/clients.md.
it('the documented proxy of Next refuses what has no good key, and lets the rest pass', async () => {
  const ask = (headers: Record<string, string>) => appOf('next').ask(headers, '/api/admin');
  expect((await ask({})).status).toBe(401);
  const response = await ask(bearer(key.secret));
  expect([response.status, await response.json()]).toEqual([200, { reached: true }]);
});

it('the documented route of Next greets the owner, at the address that the proxy tells', async () => {
  const bound = await addKey({ networks: ['192.0.2.0/24'] });
  const ask = (address: string) =>
    appOf('next').ask({ ...bearer(bound.secret), 'x-real-ip': address }, '/documented');
  const good = await ask('192.0.2.7');
  expect([good.status, await good.json()]).toEqual([200, { hello: 'bob' }]);
  expect((await ask('198.51.100.7')).status).toBe(403);
});
