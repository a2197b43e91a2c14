import 'server-only';
import { sql } from 'drizzle-orm';
import { closeDatabase, database, type Queryable } from '@/db/client';
import { actualPlace, currentTimeline } from '@/db/identity';
import { requireIdentity } from '@/db/require-identity';
import { isRestored } from '@/db/restored';
import { findArchivedLink } from '@/lib/audit/archived-link';
import { parseAnchor } from '@/lib/audit/chain';
import { type AuditTarget, recordEvent, systemActor } from '@/lib/audit/record-event';
import { log } from '@/lib/log/log';

export const databaseTarget: AuditTarget = { type: 'database', id: null, label: 'database' };

/**
 * At the start: notes which database this is, if that was never noted, and finds out whether the audit contains the
 * anchor.
 *
 * @returns whether the database may be used; false if it was restored or copied
 */
export async function keepIdentity(anchor?: string): Promise<boolean> {
  try {
    const { system, database: oid, table, timeline } = actualPlace;
    await database().execute(
      sql.raw(`
      insert into database_identity (system, database_oid, table_oid, timeline)
      select ${system}, (${oid})::bigint, (${table})::bigint, ${timeline} on conflict do nothing`),
    );
    await recordPromotion();
    return !anchor || (await requireAnchor(anchor));
  } catch (error) {
    if (isRestored(error)) return false;
    throw error;
  }
}

/** All instances see the note, also those that run without this setting. */
async function requireAnchor(anchor: string): Promise<boolean> {
  if (await isInAudit(database(), anchor)) return true;
  const { rowCount } = await database().execute(sql`
    update database_identity set missing_anchor = ${anchor}
    where accepted_anchor is distinct from ${anchor}`);
  if (!rowCount) return true;
  // Connections from before do not know it.
  await closeDatabase();
  await requireIdentity();
  return false;
}

async function isInAudit(tx: Queryable, text: string): Promise<boolean> {
  const anchor = parseAnchor(text);
  if (!anchor || anchor.seq === 0) return true;
  const { rows } = await tx.execute<{ mac: Buffer | null }>(
    sql`select mac from audit_event where seq = ${anchor.seq}`,
  );
  if (rows[0]) return rows[0].mac?.equals(anchor.mac) ?? false;
  // It may be in an archive, which cannot be read here.
  return anchor.seq <= (await findArchivedLink()).seq;
}

/**
 * Writes down that a standby was promoted, once, whichever instance sees it first. Does nothing if that is not so.
 */
export async function recordPromotion(): Promise<void> {
  const change = await database().transaction(async (tx) => {
    const { rows } = await tx.execute<{ from: string; to: string }>(
      sql`select timeline as "from", ${sql.raw(currentTimeline)} as "to" from database_identity for update`,
    );
    const [timeline] = rows;
    if (!timeline || timeline.to <= timeline.from) return null;
    await tx.execute(sql`update database_identity set timeline = ${timeline.to}, kept_at = now()`);
    await recordEvent(tx, systemActor, 'database.promote', databaseTarget, {
      details: { timeline },
    });
    return timeline;
  });
  if (change) log.warn('database promoted', { reason: `timeline ${change.from} to ${change.to}` });
}
