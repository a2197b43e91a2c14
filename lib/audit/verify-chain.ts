import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { auditKey } from '@/lib/settings/settings';
import { type ChainedEvent, chainKey, genesis, type Link, sealEvent } from './chain';

const batchSize = 2_000;

export type ChainReport = {
  /** Events checked, up to the first bad one. */
  events: number;
  /** Events at the beginning that are older than the chain. They have no seal and prove nothing. */
  unsealed: number;
  head: Link;
  fault: ChainFault | null;
};

export type ChainFault =
  /** Changed, swapped with another, or written without the key. */
  | { kind: 'altered'; seq: number }
  /** No events exist from `seq` to `through`. */
  | { kind: 'missing'; seq: number; through: number }
  | { kind: 'unsealed'; seq: number }
  /** The end is missing, because the anchor names a later event. */
  | { kind: 'cut'; seq: number; through: number }
  /** The event that the anchor names has another seal, so the chain was rewritten. */
  | { kind: 'not-the-anchor'; seq: number };

type StoredEvent = ChainedEvent & { mac: Buffer | null };

/** Reads the whole chain from the beginning in batches, and stops at the first bad event. */
export async function verifyChain(anchor: Link | null = null): Promise<ChainReport> {
  const key = chainKey(auditKey());
  let previous: Link = genesis;
  const report = { events: 0, unsealed: 0 };
  for await (const event of readEvents()) {
    const { seq, mac } = event;
    // Numbers older than the chain came from an identity column, which leaves gaps.
    const older = mac === null && report.unsealed === report.events;
    const fault = older ? null : judge(key, previous, event);
    const disowned = anchor?.seq === seq && !isSame(mac ?? genesis.mac, anchor.mac);
    if (fault) return { ...report, head: previous, fault };
    if (disowned) return { ...report, head: previous, fault: { kind: 'not-the-anchor', seq } };
    report.events += 1;
    if (older) report.unsealed += 1;
    previous = { seq, mac: mac ?? genesis.mac };
  }
  return { ...report, head: previous, fault: judgeEnd(previous, anchor, report) };
}

function judge(key: Buffer, previous: Link, event: StoredEvent): ChainFault | null {
  const { seq, mac } = event;
  const expected = previous.seq + 1;
  if (seq > expected) return { kind: 'missing', seq: expected, through: seq - 1 };
  if (!mac) return { kind: 'unsealed', seq };
  const sealed = seq === expected && isSame(mac, sealEvent(key, previous.mac, event));
  return sealed ? null : { kind: 'altered', seq };
}

function judgeEnd(
  head: Link,
  anchor: Link | null,
  { events, unsealed }: { events: number; unsealed: number },
): ChainFault | null {
  if (anchor && anchor.seq > head.seq) {
    return { kind: 'cut', seq: head.seq + 1, through: anchor.seq };
  }
  if (events > 0 && unsealed === events) return { kind: 'unsealed', seq: head.seq };
  return null;
}

const isSame = (one: Buffer, other: Buffer) =>
  one.length === other.length && timingSafeEqual(one, other);

/** All events by number. Each batch is its own statement, so that no transaction stays open for minutes. */
async function* readEvents(): AsyncGenerator<StoredEvent> {
  let after = '-9223372036854775808';
  for (;;) {
    const { rows } = await database().execute<Record<string, unknown>>(sql`
      select seq::text, extract(epoch from at)::text as epoch, actor_id as "actorId", actor, action,
        target_type as "targetType", target_id as "targetId", target, outcome, address, details, mac
      from ${auditEvent} where seq > ${after}::bigint order by ${auditEvent.seq} limit ${batchSize}`);
    for (const row of rows) yield { ...row, seq: Number(row.seq) } as StoredEvent;
    if (rows.length < batchSize) return;
    after = String(rows.at(-1)?.seq);
  }
}
