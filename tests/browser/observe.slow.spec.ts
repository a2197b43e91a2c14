import { randomBytes } from 'node:crypto';
import { exchange, plainBrowser } from '../helpers/plain-browser';
import { admin, expect, test } from './desk';
import { type Desk, startDesk } from './start-desk';

// One desk for all, whose numbers add up.
test.describe.configure({ mode: 'serial' });

let desk: Desk;

test.beforeAll(async () => {
  desk = await startDesk(admin, {
    settings: () => ({ LOG_LEVEL: 'debug', TRUSTED_PROXIES: '1' }),
  });
});
test.afterAll(() => desk.stop());

const own = /^[0-9a-f]{16}$/;
const told = () => ({
  id: randomBytes(16).toString('hex'),
  trace: randomBytes(16).toString('hex'),
});
const linesOf = (id: string) =>
  desk
    .log()
    .split('\n')
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line) as Record<string, unknown>);
const metrics = async () => (await exchange(desk.verifyUrl, '/metrics')).text;

test('every answer of both ports has one id: a new one, or that of the proxy', async () => {
  const [, asset = ''] =
    /src="(\/_next\/static\/[^"]+\.js)"/.exec((await exchange(desk.url, '/login')).text) ?? [];
  const asked: [origin: string, path: string, method?: string][] = [
    ...['/', '/login', '/keys', '/nowhere', '/%E0%A4%A', asset, '/api/auth/session'].map(
      (path): [string, string] => [desk.url, path],
    ),
    ...['/healthz', '/readyz', '/api/v1/keys', '/api/v1/openapi.json', '/api/v1/gate'].map(
      (path): [string, string] => [desk.url, path],
    ),
    [desk.url, '/api/v1/verify', 'POST'],
    [desk.url, '/login', 'POST'],
    ...['/healthz', '/readyz', '/metrics', '/api/v1/gate', '/nowhere'].map(
      (path): [string, string] => [desk.verifyUrl, path],
    ),
    [desk.verifyUrl, '/api/v1/verify', 'POST'],
  ];
  const ids = new Set<unknown>();
  for (const [origin, path, method = 'GET'] of asked) {
    const made = await exchange(origin, path, { method });
    expect([path, made.headers['x-request-id']]).toEqual([path, expect.stringMatching(own)]);
    ids.add(made.headers['x-request-id']);
    const { id, trace } = told();
    const traceparent = `00-${trace}-b7ad6b7169203331-01`;
    const kept = await exchange(origin, path, {
      method,
      headers: { 'x-request-id': id, traceparent },
    });
    expect([path, kept.headers['x-request-id']]).toEqual([path, id]);
    if (kept.headers['content-type']?.includes('problem') && !path.endsWith('/gate')) {
      expect([path, JSON.parse(kept.text).requestId]).toEqual([path, id]);
    }
    await expect.poll(() => linesOf(id).length, { message: path }).toBeGreaterThan(0);
    for (const line of linesOf(id)) {
      expect(line).toMatchObject({ requestId: id, traceId: trace });
    }
  }
  expect(ids.size).toBe(asked.length);
});

test('the listener serves what pages, forms, sign-ins and jobs have done', async () => {
  const browser = plainBrowser(desk.url);
  await browser.signIn(admin.username, 'wrong password').catch(() => undefined);
  await browser.signIn(admin.username, admin.password);
  expect((await browser.get('/keys')).status).toBe(200);
  await expect
    .poll(metrics)
    .toMatch(/^keydesk_sign_ins_total{step="password",outcome="refused"} 1$/m);
  const text = await metrics();
  for (const line of [
    /^keydesk_sign_ins_total{step="password",outcome="signed-in"} 1$/m,
    /^keydesk_pages_total{route="keys",outcome="ok"} [1-9]/m,
    /^keydesk_pages_total{route="assets",outcome="ok"} [1-9]/m,
    /^keydesk_actions_total{route="login",outcome="refused"} [1-9]/m,
    /^keydesk_actions_total{route="login",outcome="redirect"} [1-9]/m,
    /^keydesk_page_seconds_count{route="keys"} [1-9]/m,
    /^keydesk_request_seconds_count{endpoint="metrics"} [1-9]/m,
    /^keydesk_page_pool_waiting 0$/m,
    /^keydesk_audit_head [1-9]/m,
    /^keydesk_deliveries_queued \d/m,
  ]) {
    expect(text).toMatch(line);
  }
  await expect
    .poll(metrics, { timeout: 15_000 })
    .toMatch(/^keydesk_job_last_success_timestamp_seconds{job="purgeKeys"} [\d.]+$/m);
});

test('standard output is JSON from the first line', async () => {
  const lines = desk.log().split('\n').filter(Boolean);
  for (const line of lines) expect(() => JSON.parse(line), line).not.toThrow();
  expect(JSON.parse(lines[0] ?? '')).toHaveProperty('event');
});
