import 'server-only';
import { and, desc, lt, lte, max, type SQL } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { Peer, takenBy } from '@/db/transfer-peer';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs, nothing } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { csvLine } from '@/lib/csv/csv-line';
import type { CsvParts } from '@/lib/http/csv-file';
import type { AuditFilters } from './audit-input';
import { eventColumns, matching } from './audit-search';
import { otherSpellings } from './other-spellings';
import { recordEvent } from './record-event';

const batchSize = 1_000;

const header = [
  'Number',
  'Time',
  'Actor',
  'Action',
  'Target type',
  'Target',
  'Target id',
  'Outcome',
  'Address',
  'Details',
];

/**
 * Records the export and then returns the events as CSV, newest first. Batches are read only as the receiver
 * takes them, so that a slow receiver holds no transaction open. Events recorded meanwhile are not included.
 *
 * @throws ReauthenticationRequiredError as {@link requireReauthentication}
 */
export async function exportEvents(
  administrator: Administrator,
  filters: AuditFilters,
): Promise<CsvParts> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const newest = await changeAs(administrator, 'admin', nothing, async (tx, by) => {
    const [found] = await tx.select({ seq: max(auditEvent.seq) }).from(auditEvent);
    const details = Object.fromEntries(Object.entries(filters).filter(([, value]) => value));
    const target = { type: 'audit', id: null, label: 'events' } as const;
    await recordEvent(tx, by, 'audit.export', target, { details });
    return found?.seq ?? 0;
  });
  const peer = new Peer(administrator.id);
  const where = matching(filters, await otherSpellings(filters));
  return Object.assign(takenBy(peer, csvOf(where, newest)), { ended: peer.signal });
}

async function* csvOf(where: SQL | undefined, newest: number): AsyncGenerator<string> {
  yield csvLine(header);
  let before: number | undefined;
  for (;;) {
    const rows = await database()
      .select(eventColumns)
      .from(auditEvent)
      .where(
        and(where, before === undefined ? lte(auditEvent.seq, newest) : lt(auditEvent.seq, before)),
      )
      .orderBy(desc(auditEvent.seq))
      .limit(batchSize);
    if (rows.length > 0) yield rows.map(eventLine).join('');
    if (rows.length < batchSize) return;
    before = rows.at(-1)?.seq;
  }
}

type Row = Pick<typeof auditEvent.$inferSelect, keyof typeof eventColumns>;

const eventLine = (event: Row) =>
  csvLine([
    event.seq,
    event.at.toISOString(),
    event.actor,
    event.action,
    event.targetType,
    event.target,
    event.targetId,
    event.outcome,
    event.address,
    JSON.stringify(event.details),
  ]);
