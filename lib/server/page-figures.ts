import 'server-only';
import { sql } from 'drizzle-orm';
import { database, pagePool } from '@/db/client';
import { pageMetrics } from '@/lib/metrics/page-metrics';
import { settleWithin } from '@/lib/network/deadline';

/** Milliseconds. Anybody may ask for the metrics, so the database is not asked each time. */
const maxAge = 5_000;
const patience = 400;

let readAt = Number.NEGATIVE_INFINITY;

/** The metrics of pages and jobs, as Prometheus reads them. */
export async function readPageMetrics(age = maxAge): Promise<string> {
  const { registry, pool, poolWaiting } = pageMetrics();
  const { totalCount, idleCount, waitingCount } = pagePool();
  pool.set({ state: 'idle' }, idleCount);
  pool.set({ state: 'busy' }, totalCount - idleCount);
  poolWaiting.set(waitingCount);
  await readFigures(age);
  return registry.metrics();
}

/** What the database cannot tell in time is not a number, because an old one could pass for the truth. */
async function readFigures(age: number) {
  if (performance.now() - readAt < age) return;
  readAt = performance.now();
  const found = await settleWithin(patience, askFigures, () => null).catch(() => null);
  const { head, queued } = pageMetrics();
  head.set(found ? Number(found.head) : Number.NaN);
  queued.set(found ? Number(found.queued) : Number.NaN);
}

async function askFigures() {
  const { rows } = await database().execute<{ head: string; queued: string }>(sql`
    select (select coalesce(max(seq), 0) from audit_event) as head,
      (select count(*) from notice_delivery where state = 'waiting') as queued`);
  return rows[0] ?? null;
}
