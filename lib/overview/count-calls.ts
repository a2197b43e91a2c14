import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import type { CallChart, Span } from './call-chart';

/** Steps are hours or days of UTC, the last of them under way. */
const spans: Record<Span, { unit: 'hour' | 'day'; hours: number; steps: number }> = {
  '24h': { unit: 'hour', hours: 1, steps: 24 },
  '30d': { unit: 'day', hours: 24, steps: 30 },
};

type Row = { at: number; code: string | null; count: string | null };

/** Calls by outcome over a span: of one key, or of the whole desk, which never sums up its keys. */
export async function countCalls(
  administrator: Administrator,
  span: Span,
  keyId?: string,
): Promise<CallChart> {
  authorize(administrator, 'viewer');
  const { unit, hours, steps } = spans[span];
  const counted = keyId ? sql`key_usage u on u.key_id = ${keyId} and` : sql`usage_total u on`;
  const { rows } = await database().execute<Row>(sql`
    select extract(epoch from step)::float8 as at, u.code, sum(u.count) as count
    from (select date_trunc(${unit}, now(), 'UTC') as newest) clock,
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
