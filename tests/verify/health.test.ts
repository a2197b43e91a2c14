import type { AddressInfo } from 'node:net';
import { startDraining } from '@/lib/http/draining';
import { answerReady } from '@/lib/verify/health';
import { createListener } from '@/lib/verify/listener';
import { answerRevoke } from '@/lib/verify/revoke-endpoint';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { type Desk, openDesk, pepper } from './helpers/desk';

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk.close());

const get = (path: string) => fetch(desk.origin + path);

test('a healthy instance is up and ready, and reports nothing else', async () => {
  await desk.verify({ key: 'x' });
  for (const path of ['/healthz', '/readyz']) {
    const response = await get(path);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('ok\n');
  }
});

test('the first question whether an instance is ready is answered right', async () => {
  const own = openVerification({ connectionString: desk.url, peppers: [pepper] });
  expect(await answerReady(own)).toMatchObject({ status: 200 });
  await closeVerification(own);
});

test('an instance on a schema older than its own is not ready; on a newer one it is', async () => {
  const shift = (by: string) =>
    desk.sql(`update drizzle.__drizzle_migrations set created_at = created_at ${by}`);
  await shift('- 1000000');
  expect((await get('/readyz')).status).toBe(503);
  expect((await get('/healthz')).status).toBe(200);
  await shift('+ 2000000');
  expect((await get('/readyz')).status).toBe(200);
});

test('an instance that cannot write usage says so, and is ready all the same', async () => {
  const own = openVerification({ connectionString: desk.url, peppers: [pepper] });
  const body = async () => (await answerReady(own)).body;
  expect(await body()).toBe('ok\n');
  await desk.sql('alter table usage_total rename to another');
  own.usage.countAnswer('VALID');
  await own.usage.flush();
  expect(await body()).toContain('Usage cannot be written.');
  await desk.sql('alter table another rename to usage_total');
  await own.usage.flush();
  expect(await body()).toBe('ok\n');
  await closeVerification(own);
});

test('metrics show decisions, and no keys or users', async () => {
  const bob = await desk.addUser('very-private-person');
  const key = await desk.addKey(bob, { name: 'very-private-key' });
  await desk.verify({ key: key.secret });
  await desk.gate({ 'x-api-key': 'nonsense' });
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toMatch(/^text\/plain/);
  const text = await response.text();
  expect(text).toMatch(/^keydesk_verifications_total{code="VALID"} 1$/m);
  expect(text).toMatch(/^keydesk_verifications_total{code="MALFORMED"} 2$/m);
  expect(text).toMatch(/^keydesk_refused_total{endpoint="gate",status="401"} 1$/m);
  expect(text).toMatch(/^keydesk_request_seconds_bucket{le="1",endpoint="verify"} \d+$/m);
  expect(text).toMatch(/^keydesk_lookup_batch_size_count \d+$/m);
  expect(text).toMatch(/^keydesk_lookup_waiting 0$/m);
  expect(text).toMatch(/^keydesk_verify_connections{purpose="lookup"} 2$/m);
  expect(text).toMatch(/^keydesk_usage_flush_lag_seconds [\d.]+$/m);
  expect(text).toMatch(/^keydesk_build_info{version="[^"]+",node="[^"]+"} 1$/m);
  for (const secret of [key.secret, key.id, bob, desk.service.id, 'very-private', 'kd_']) {
    expect(text).not.toContain(secret);
  }
});

test('metrics have the types that their names indicate', async () => {
  const text = await (await get('/metrics')).text();
  const types = [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, type]) => [name, type]);
  expect(types.length).toBeGreaterThan(20);
  for (const [name, type] of types) {
    expect([name, type === 'counter']).toEqual([name, name?.endsWith('_total')]);
  }
  expect(text).toMatch(/^keydesk_usage_dropped_total 0$/m);
  expect(text).toMatch(/^keydesk_usage_flush_failures_total 0$/m);
  expect(text).toMatch(/^keydesk_re_mac_failures_total 0$/m);
});

test('metrics require their token, if one is set', async () => {
  const own = { ...desk.own, metricsToken: 'a-token-of-a-test-0123' };
  const server = createListener(own, answerRevoke);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const ask = (authorization?: string) =>
    fetch(`http://127.0.0.1:${port}/metrics`, { headers: authorization ? { authorization } : {} });
  for (const wrong of [undefined, 'Bearer wrong', `Bearer ${desk.service.secret}`]) {
    const answer = await ask(wrong);
    expect(answer.status).toBe(401);
    expect(await answer.text()).not.toMatch(/version|keydesk_/);
  }
  expect((await ask('Bearer a-token-of-a-test-0123')).status).toBe(200);
  server.closeAllConnections();
  server.close();
});

test('a draining instance is not ready, still answers, and keeps no connection', async () => {
  startDraining();
  expect((await get('/readyz')).status).toBe(503);
  const response = await desk.gate({ 'x-api-key': 'nonsense' });
  expect(response.status).toBe(401);
  expect(response.headers.get('connection')).toBe('close');
});
