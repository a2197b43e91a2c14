import { randomUUID } from 'node:crypto';
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { database, pagePool } from '@/db/client';
import { countRequest } from '@/lib/http/count-requests';
import { tellOfNotConfirmed } from '@/lib/http/not-confirmed';
import { routeGroup } from '@/lib/http/route-group';
import { pageMetrics } from '@/lib/metrics/page-metrics';
import { addWebhook } from '@/lib/notices/change-webhook';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { tellOfExpiring } from '@/lib/notices/find-expiring';
import { doChores } from '@/lib/server/housekeeping';
import { readPageMetrics } from '@/lib/server/page-figures';
import { openMetrics } from '@/lib/verify/metrics';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { type Receiver, startReceiver } from '../notices/receiver';
import { complaints, families } from './promtool';

useTestDatabase();
beforeEach(async () => {
  useSettings({ WEBHOOK_ALLOW_PRIVATE: '127.0.0.0/8' });
  pageMetrics().registry.resetMetrics();
  await emptyDatabase();
  await insertPeople();
});
afterAll(() => useSettings({ WEBHOOK_ALLOW_PRIVATE: '' }));

const now = () => readPageMetrics(0);
const nobodyWaits = () => 0;
const bothThreads = async () => {
  const { text, answered } = openMetrics({
    waiting: nobodyWaits,
    role: () => 'primary',
    connections: () => ({}),
    usage: { lag: 0, dropped: 0, failedFlushes: 0 },
    pepperMigration: { failedFlushes: 0 },
  });
  answered('verify', 3);
  return (await text()) + (await now());
};

/** A request that ended like this; without a status, its connection ended first. */
function ended(method: string, url: string, statusCode?: number, outcome?: string) {
  const response = Object.assign(new EventEmitter(), {
    statusCode,
    writableFinished: statusCode !== undefined,
  });
  const told = outcome ? { outcome } : {};
  const request = { method, url } as IncomingMessage;
  countRequest(request, response as unknown as ServerResponse, told);
  response.emit('close');
}

test('pages and forms are counted by route and outcome, and by nothing that a caller chooses', async () => {
  ended('GET', '/keys?username=secret-name', 200);
  ended('GET', `/keys/${randomUUID()}`, 404);
  ended('GET', '/login', 307);
  ended('GET', '/_next/static/chunk.js', 304);
  ended('GET', '/very-private', 500);
  ended('POST', '/keys/new', 200, 'invalid');
  ended('POST', '/keys/new');
  ended('POST', '/api/v1/keys', 201);
  ended('POST', '/api/v1/verify', 200);
  const text = await now();
  for (const [route, outcome] of [
    ...[
      ['keys', 'ok'],
      ['keys', 'refused'],
      ['login', 'redirect'],
      ['assets', 'ok'],
    ],
    ...[
      ['other', 'error'],
      ['api', 'ok'],
      ['verification', 'ok'],
    ],
  ]) {
    expect(text).toContain(`keydesk_pages_total{route="${route}",outcome="${outcome}"} 1\n`);
  }
  expect(text).toContain('keydesk_actions_total{route="keys",outcome="invalid"} 1\n');
  expect(text).toContain('keydesk_actions_total{route="keys",outcome="aborted"} 1\n');
  expect(text).toContain('keydesk_action_seconds_count{route="keys"} 2\n');
  expect(text).not.toMatch(/secret-name|very-private/);
});

test('nobody can make routes', () => {
  const asked = Array.from({ length: 1_000 }, () => `/${randomUUID()}/${randomUUID()}`);
  const api = asked.map((path) => `/api${path}`);
  const groups = new Set([...asked, ...api, '/', '//keys', '/api/auth/session'].map(routeGroup));
  expect([...groups].sort()).toEqual(['api', 'other', 'single-sign-on', 'start']);
});

test('the head of the audit, the pool and what waits are read from where they are', async () => {
  await makeKey(ada, 'ada');
  const { rows } = await pagePool().query('select max(seq) as head from audit_event');
  const text = await now();
  expect(Number(rows[0].head)).toBeGreaterThan(0);
  expect(text).toContain(`keydesk_audit_head ${rows[0].head}\n`);
  expect(text).toContain('keydesk_deliveries_queued 0\n');
  expect(text).toMatch(/^keydesk_page_pool_connections{state="idle"} [1-9]/m);
  expect(text).toContain('keydesk_page_pool_waiting 0\n');
});

test('what the database does not tell is no number, and the rest is there', async () => {
  await pagePool().query('alter table audit_event rename to audit_event_away');
  const text = await now();
  await pagePool().query('alter table audit_event_away rename to audit_event');
  expect(text).toMatch(/^keydesk_audit_head NaN$/im);
  expect(text).toMatch(/^keydesk_page_pool_waiting \d/m);
});

describe('deliveries', () => {
  let receiver: Receiver;
  beforeEach(async () => {
    receiver = await startReceiver();
  });
  afterEach(() => receiver.stop());

  it('are counted by channel and outcome, and so are the jobs behind them', async () => {
    await insertUser('grace');
    await addWebhook(ada, { id: randomUUID(), url: receiver.url });
    const key = await makeKey(ada, 'grace', { name: 'reports' });
    const soon = `update api_key set expires_at = now() + interval '5 days' where id = $1`;
    await pagePool().query(soon, [key.id]);
    await database().transaction((tx) => tellOfExpiring(tx));
    expect(await now()).toContain('keydesk_deliveries_queued 1\n');
    await deliverDue();
    const text = await now();
    expect(text).toContain('keydesk_deliveries_queued 0\n');
    const done = 'keydesk_deliveries_total{channel="webhook",outcome="delivered"} 1\n';
    expect(text).toContain(done);
    expect(text).toContain('keydesk_job_failures_total{job="deliver"} 0\n');
    const at = /^keydesk_job_last_success_timestamp_seconds{job="deliver"} ([\d.]+)$/m.exec(text);
    expect(Math.abs(Number(at?.[1]) - Date.now() / 1_000)).toBeLessThan(60);
  });
});

test('a job that fails is counted, and has no success', async () => {
  useSettings({ LOG_LEVEL: 'silent' });
  await doChores({ broken: () => Promise.reject(new Error('broken')), idle: async () => 0 });
  const text = await now();
  expect(text).toContain('keydesk_job_failures_total{job="broken"} 1\n');
  expect(text).not.toContain('keydesk_job_last_success_timestamp_seconds{job="broken"}');
  expect(text).toContain('keydesk_job_failures_total{job="idle"} 0\n');
  expect(text).toMatch(/^keydesk_job_duration_seconds{job="idle"} [\d.e-]+$/m);
});

test('changes that are not confirmed are counted', async () => {
  tellOfNotConfirmed();
  expect(await now()).toContain('keydesk_changes_not_confirmed_total 1\n');
});

test('names, types and texts are as Prometheus wants them', async () => {
  const text = await bothThreads();
  const all = families(text);
  expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
  for (const { name, type, help } of all) {
    expect([name, type === 'counter']).toEqual([name, name.endsWith('_total')]);
    expect([name, help]).not.toEqual([name, '']);
    expect(name).not.toMatch(/milliseconds|_ms$|minutes|_count$|_sum$|_bucket$|_info_/);
  }
  if (process.env.TESTS === 'full') expect(complaints(text)).toBe('');
});

test('the manual names every metric, and no other', async () => {
  const manual = readFileSync('docs/monitoring.md', 'utf8');
  const named = new Set(manual.match(/\bkeydesk_[a-z_]+/g));
  const own = families(await bothThreads()).map(({ name }) => name);
  const served = new Set(own.filter((name) => name.startsWith('keydesk_')));
  expect([...served].filter((name) => !named.has(name))).toEqual([]);
  expect([...named].filter((name) => !served.has(name))).toEqual([]);
});
