import 'server-only';
import { and, asc, gt, inArray, lte, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { type AuditEvent, eventColumns } from '@/lib/audit/audit-search';
import { eventMessage } from '@/lib/audit/event-message';
import { revokingActions } from './remedies';

const batch = 1_000;

/**
 * What took rights away since a time, as lines of JSON like those of `AUDIT_LOG`. The last line says between which
 * events nothing else did, so that a part of the file is not taken for all of it.
 */
export async function* listRevocations(since: Date): AsyncGenerator<Record<string, unknown>> {
  const { after, through } = await findRange(since);
  let events = 0;
  for (let last = after; ; ) {
    const rows = (await database()
      .select({ ...eventColumns, actorId: auditEvent.actorId })
      .from(auditEvent)
      .where(
        and(
          gt(auditEvent.seq, last),
          lte(auditEvent.seq, through),
          inArray(auditEvent.action, revokingActions),
          sql`${auditEvent.outcome} = 'done'`,
        ),
      )
      .orderBy(asc(auditEvent.seq))
      .limit(batch)) as (AuditEvent & { actorId: string | null })[];
    for (const row of rows) yield { line: ++events, audit: eventMessage(row) };
    if (rows.length < batch) break;
    last = rows.at(-1)?.seq ?? through;
  }
  yield { revocations: { after, through, events } };
}

/** The newest event before the time, and the newest of all. */
async function findRange(since: Date): Promise<{ after: number; through: number }> {
  const { rows } = await database().execute<{ first: string | null; head: string | null }>(sql`
    select (select min(seq) from audit_event where at >= ${since.toISOString()}::timestamptz) as first,
      (select max(seq) from audit_event) as head`);
  const through = Number(rows[0]?.head ?? 0);
  const first = rows[0]?.first;
  return { after: first ? Number(first) - 1 : through, through };
}
