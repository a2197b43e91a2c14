import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { commitMode } from '@/db/late-commit';
import { auditEvent } from '@/db/schema/audit-event';
import { genesis, type Link } from './chain';

/** Held while an event is added to the chain, until the end of the transaction. Any constant works. */
const chainLock = 7_205_150_003;

type Head = Link & { epoch: string; at: string };

type Row = { seq: string | null; mac: Buffer | null; epoch: string; at: string };

/**
 * The newest event, to which the next one is bound, and the time of the next one. The lock is a statement of its
 * own, because the others must see what was committed while it waited. They are sent together, because others wait
 * for the same lock; therefore they have no parameters.
 */
export async function lockHead(tx: Queryable): Promise<Head> {
  const results: unknown = await tx.execute(sql`
    select pg_advisory_xact_lock(${sql.raw(String(chainLock))});
    set local synchronous_commit to ${sql.raw(commitMode(tx))};
    select head.seq, head.mac, extract(epoch from clock.at)::text as epoch,
      to_char(clock.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at
    from (select clock_timestamp() as at offset 0) clock
    left join (select seq, mac from ${auditEvent} order by seq desc limit 1) head on true`);
  const [row] = (results as [unknown, unknown, { rows: Row[] }])[2].rows;
  if (!row) throw new Error('The head of the audit chain cannot be read.');
  const { seq, mac, epoch, at } = row;
  return { seq: Number(seq ?? genesis.seq), mac: mac ?? genesis.mac, epoch, at };
}
