import { resolve } from 'node:path';
import { Client } from 'pg';
import { serviceScopes } from '@/lib/keys/scope';
import { addServiceKey } from '../bench/fill';
import { openCluster } from '../faults/helpers/cluster';
import { plainBrowser } from '../helpers/plain-browser';
import { callVerification } from './callers';
import { administrator, type Desk, startDesk } from './desk';
import { fillWithKeys, known } from './filled';
import { openReport, type Report } from './promises';
import { buildRelease } from './release';
import { seconds } from './seconds';

const count = Number(process.env.PROVE_KEYS ?? 1_000_000);
const built = resolve('.next/standalone');

/**
 * The release before serves a database with a million keys. This one starts beside it, is killed in the middle of its
 * migrations and starts again. Verification goes on, and the release before still does all it did.
 */
export async function proveUpgrade(): Promise<void> {
  const report = openReport(`Upgrade from 0.1.0 with ${count} keys`);
  const old = buildRelease('0.1.0');
  const cluster = await openCluster({ fsync: 'on', shared_buffers: '512MB', max_wal_size: '4GB' });
  const desks: Desk[] = [];
  const open = async (folder: string) => {
    const desk = await startDesk(folder, cluster.url);
    desks.push(desk);
    return desk;
  };
  try {
    const before = await open(old);
    await before.untilReady();
    // As the release before has migrated it.
    const keys = known(await fillWithKeys(cluster.url, count));
    const service = await addServiceKey(cluster.url, [...serviceScopes]);
    const serving = [before.verifyOrigin];
    const stop = callVerification(() => serving, service, keys);
    await seconds(3);
    await killInTheMiddle(report, await open(built), cluster.url);
    const begin = performance.now();
    const after = await open(built);
    await after.untilReady();
    report.figure('new release ready', (performance.now() - begin) / 1_000, 's');
    serving.push(after.verifyOrigin);
    await seconds(5);
    const calls = await stop();
    report.figure('verifications', calls.good, 'right');
    report.figure('longest gap between two good answers', calls.longestGap, 'ms', 1_000);
    report.figure('wrong answers', calls.wrong.length, '', 0);
    for (const wrong of calls.wrong.slice(0, 5)) report.say(wrong);
    await walkThrough(report, before, service);
    report.end();
  } finally {
    for (const desk of desks) await desk.stop('SIGKILL');
    await cluster.remove();
  }
}

/** Kills the desk as soon as its first migration is applied, unless it is the only one. */
async function killInTheMiddle(report: Report, desk: Desk, url: string) {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  const appliedNow = async () =>
    Number((await client.query('select count(*) from drizzle.__drizzle_migrations')).rows[0].count);
  const before = await appliedNow();
  await desk.untilReady(async () => (await appliedNow()) > before);
  await desk.stop('SIGKILL');
  report.say(`killed after ${(await appliedNow()) - before} migrations`);
  await client.end();
}

/** Pages, changes by API, verification and the flush of its usage, by the release before on the new schema. */
async function walkThrough(report: Report, desk: Desk, service: string) {
  const failed: string[] = [];
  const expectStatus = (what: string, status: number, expected: number) => {
    if (status !== expected) failed.push(`${what}: ${status}`);
  };
  const browser = plainBrowser(desk.origin);
  await browser.signIn(administrator.username, administrator.password);
  const pages = ['/keys', '/keys?status=active', '/keys/new', '/overview', '/users', '/audit'];
  for (const path of [...pages, '/settings', '/settings/policies', '/settings/notices']) {
    expectStatus(path, (await browser.get(path)).status, 200);
  }
  const headers = () => ({
    authorization: `Bearer ${service}`,
    'content-type': 'application/json',
    'idempotency-key': `"${Math.random()}"`,
  });
  const keys = `${desk.origin}/api/v1/keys`;
  const body = JSON.stringify({ user: 'user-1', name: 'made by the release before' });
  const made = await fetch(keys, { method: 'POST', headers: headers(), body });
  expectStatus('create a key', made.status, 201);
  const { id, secret } = (await made.json()) as { id: string; secret: string };
  expectStatus('its page', (await browser.get(`/keys/${id}`)).status, 200);
  const verified = await fetch(`${desk.verifyOrigin}/api/v1/verify`, {
    method: 'POST',
    headers: headers(),
    body: JSON.stringify({ key: secret }),
  });
  if (!(await verified.text()).includes('VALID')) failed.push('verify the new key');
  // Written every five seconds.
  await seconds(7);
  const used = await fetch(`${keys}/${id}`, { headers: headers() });
  const { lastUsedAt } = (await used.json()) as { lastUsedAt: string | null };
  if (lastUsedAt === null) failed.push('write the last use');
  const match = { ...headers(), 'if-match': used.headers.get('etag') ?? '' };
  const off = await fetch(`${keys}/${id}/deactivate`, { method: 'POST', headers: match });
  expectStatus('switch it off', off.status, 200);
  const etag = { ...headers(), 'if-match': off.headers.get('etag') ?? '' };
  expectStatus(
    'delete it',
    (await fetch(`${keys}/${id}`, { method: 'DELETE', headers: etag })).status,
    204,
  );
  report.figure('what the release before cannot do any more', failed.length, '', 0);
  for (const one of failed) report.say(one);
}
