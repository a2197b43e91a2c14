import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { auditKey } from '@/lib/settings/settings';
import type { Archive } from './archive-file';
import { findArchivedLink, namesLink } from './archived-link';
import { chainKey, genesis, type Link, sealEvent } from './chain';
import { readEvents, type StoredEvent } from './stored-events';

export type ChainReport = {
  /** Events checked, up to the first bad one. */
  events: number;
  /** Events at the beginning that are older than the chain. They have no seal and prove nothing. */
  unsealed: number;
  /** The number of the last event that was archived and not read; 0 if there is none. */
  archived: number;
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
  | { kind: 'not-the-anchor'; seq: number }
  /** The anchor names an event that was archived, so only with the archive can it be compared. */
  | { kind: 'archived'; seq: number };

/** Where the events come from: archives in their order, and then the table. */
type Source = { archives?: readonly Archive[]; anchor?: Link | null };

/**
 * Reads the whole chain from the beginning in batches, and stops at the first bad event. The beginning is the last
 * archived link, which must be named by an event of the chain itself.
 */
export async function verifyChain({
  anchor = null,
  archives = [],
}: Source = {}): Promise<ChainReport> {
  const key = chainKey(auditKey());
  const base = archives[0]?.after ?? (await findArchivedLink());
  let previous = base;
  let isNamed = base.seq === 0;
  const report = { events: 0, unsealed: 0, archived: base.seq };
  if (anchor && anchor.seq < base.seq)
    return { ...report, head: base, fault: archivedFault(anchor) };
  if (anchor?.seq === base.seq && !isSame(base.mac, anchor.mac)) {
    return { ...report, head: base, fault: { kind: 'not-the-anchor', seq: anchor.seq } };
  }
  for await (const event of joined(archives)) {
    const { seq, mac } = event;
    // Numbers older than the chain came from an identity column, which leaves gaps.
    const older = mac === null && report.unsealed === report.events;
    const fault = older ? null : judge(key, previous, event);
    const disowned = anchor?.seq === seq && !isSame(mac ?? genesis.mac, anchor.mac);
    if (fault) return { ...report, head: previous, fault };
    if (disowned) return { ...report, head: previous, fault: { kind: 'not-the-anchor', seq } };
    isNamed ||= mac !== null && namesLink(event, base);
    report.events += 1;
    if (older) report.unsealed += 1;
    previous = { seq, mac: mac ?? genesis.mac };
  }
  const missing: ChainFault = { kind: 'missing', seq: 1, through: base.seq };
  return {
    ...report,
    head: previous,
    fault: isNamed ? judgeEnd(previous, anchor, report) : missing,
  };
}

/** The events of the table may overlap with those of an archive whose removal was interrupted. */
async function* joined(archives: readonly Archive[]): AsyncGenerator<StoredEvent> {
  let last: number | undefined;
  for (const { events } of archives) {
    for await (const event of events) {
      yield event;
      last = event.seq;
    }
  }
  yield* readEvents(last?.toString());
}

const archivedFault = ({ seq }: Link): ChainFault => ({ kind: 'archived', seq });

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
