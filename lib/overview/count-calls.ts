import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { type CallChart, type CallSpan, spanSteps } from './call-chart';

type Row = { at: number; code: string | null; count: string | null };

/**
 * Calls by outcome over a span: of one key, or of the whole desk, which never sums up its keys. The last
 * step ends with the hour under way, or with the day of UTC.
 */
export async function countCalls(actor: Actor, span: CallSpan, keyId?: string): Promise<CallChart> {
  authorize(actor, rights.readKeys);
  return readCalls(span, keyId);
}

/** The same for a key that the reader is allowed to see. */
export async function readCalls(span: CallSpan, keyId?: string): Promise<CallChart> {
  const { hours, steps } = spanSteps[span];
  const newest =
    span === '30d'
      ? sql`date_trunc('day', now(), 'UTC')`
      : sql`date_trunc('hour', now(), 'UTC') - make_interval(hours => ${hours - 1})`;
  const counted = keyId ? sql`key_usage u on u.key_id = ${keyId} and` : sql`usage_total u on`;
  const { rows } = await database().execute<Row>(sql`
    select extract(epoch from step)::float8 as at, u.code, sum(u.count) as count
    from (select ${newest} as newest) clock,
      generate_series(newest - ${steps - 1} * make_interval(hours => ${hours}), newest,
        make_interval(hours => ${hours})) step
    left join ${counted} u.hour >= step and u.hour < step + make_interval(hours => ${hours})
    group by step, u.code order by step`);
  return { span, steps: gather(rows) };
}

function gather(rows: Row[]): CallChart['steps'] {
  const steps = new Map<number, Record<string, number>>();
  for (const { at, code, count } of rows) {
    const codes = steps.get(at) ?? {};
    if (code !== null) codes[code] = Number(count);
    steps.set(at, codes);
  }
  return [...steps].map(([at, codes]) => ({ at: new Date(at * 1_000), codes }));
}
