import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import type { ChainedEvent } from './chain';

/** An event as it is stored, with its seal; without one if it is older than the chain. */
export type StoredEvent = ChainedEvent & { mac: Buffer | null };

const batchSize = 2_000;

/**
 * The events of the table by number, after one and through another. Each batch is its own statement, so that no
 * transaction stays open for minutes.
 */
export async function* readEvents(
  first = '-9223372036854775808',
  through = '9223372036854775807',
): AsyncGenerator<StoredEvent> {
  let after = first;
  for (;;) {
    const { rows } = await database().execute<Record<string, unknown>>(sql`
      select seq::text, extract(epoch from at)::text as epoch, actor_id as "actorId", actor, action,
        target_type as "targetType", target_id as "targetId", target, outcome, address, details, mac
      from ${auditEvent} where seq > ${after}::bigint and seq <= ${through}::bigint
      order by ${auditEvent.seq} limit ${batchSize}`);
    for (const row of rows) yield { ...row, seq: Number(row.seq) } as StoredEvent;
    if (rows.length < batchSize) return;
    after = String(rows.at(-1)?.seq);
  }
}
