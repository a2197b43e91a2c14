import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { keyPolicy } from '@/db/schema/key-policy';
import { idleRun } from '@/db/schema/rule-run';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { type AuditTarget, recordEvent } from '@/lib/audit/record-event';
import type { IdleRule } from './idle-sql';

export const policyTarget: AuditTarget = { type: 'policy', id: null, label: 'Policies' };

/** Null while the rule is off. */
export async function findIdleRule(tx: Queryable = database()): Promise<IdleRule | null> {
  const [row] = await tx
    .select({ days: keyPolicy.idleDays, since: keyPolicy.idleSince })
    .from(keyPolicy);
  return row?.days && row.since ? { days: row.days, since: row.since } : null;
}

/**
 * Turns the rule on, or gives it another number of days. In both cases every existing key gets so many days
 * from now.
 */
export async function turnOnIdleRule(
  administrator: Administrator,
  { idleDays }: { idleDays: number },
): Promise<void> {
  return setIdleDays(administrator, idleDays);
}

export async function turnOffIdleRule(administrator: Administrator): Promise<void> {
  return setIdleDays(administrator, null);
}

async function setIdleDays(administrator: Administrator, days: number | null): Promise<void> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = async (tx: Queryable) => {
    await tx.insert(keyPolicy).values({}).onConflictDoNothing();
    const [row] = await tx.select({ days: keyPolicy.idleDays }).from(keyPolicy).for('update');
    return row?.days ?? null;
  };
  await changeAs(administrator, 'admin', lock, async (tx, by, before) => {
    // The same number again, from a form that was sent twice, gives no further days.
    if (before === days) return;
    // Whole milliseconds, because it is read as a Date and compared.
    const idleSince = days === null ? null : sql`date_trunc('milliseconds', now())`;
    await tx.update(keyPolicy).set({ idleDays: days, idleSince, updatedAt: new Date() });
    await endRuns(tx);
    const details = { idleDays: { from: before, to: days } };
    await recordEvent(tx, by, 'policy.change', policyTarget, { details });
  });
}

/** What another rule found is no longer due. */
async function endRuns(tx: Queryable): Promise<void> {
  await tx
    .update(idleRun)
    .set({ held: false, finishedAt: sql`now()` })
    .where(sql`finished_at is null`);
}
