import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { areOwnersTold, countDue, isDue, ruleDay } from './due-keys';
import type { AllowIdleRunInput } from './idle-input';
import { findIdleRule, policyTarget } from './idle-rule';
import { databaseClock } from './idle-sql';

export type AllowIdleRunResult =
  | { outcome: 'allowed'; keys: number }
  /** More keys are due by now than the administrator was shown. */
  | { outcome: 'more'; keys: number }
  /** Somebody else allowed it, the rule was changed, or the day is over. */
  | { outcome: 'over' };

/**
 * Lets a run go on that stopped itself, for as many keys as the administrator was shown. The keys are switched
 * off by the next steps.
 */
export async function allowIdleRun(
  administrator: Administrator,
  { id, keys }: AllowIdleRunInput,
  clock: SQL = databaseClock,
): Promise<AllowIdleRunResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = async (tx: Queryable) => {
    // In the order of steps, which lock the policy first.
    await tx.execute(sql`select from key_policy for no key update`);
    const { rows } = await tx.execute<{ off: number }>(sql`
      select switched_off as off from idle_run
      where id = ${id} and held and finished_at is null and day = ${ruleDay(clock)} for update`);
    return rows[0] ?? null;
  };
  type Result = Promise<AllowIdleRunResult>;
  return changeAs(administrator, 'admin', lock, async (tx, by, run): Result => {
    const rule = await findIdleRule(tx);
    if (!run || !rule) return { outcome: 'over' };
    const due = await countDue(tx, isDue(rule, await areOwnersTold(tx), clock));
    if (due > keys) {
      await tx.execute(sql`update idle_run set due = ${due} where id = ${id}`);
      return { outcome: 'more', keys: due };
    }
    await tx.execute(sql`update idle_run set held = false, approved = true,
      allowed = ${run.off + due} where id = ${id}`);
    const details = { bulk: id, keys: due };
    await recordEvent(tx, by, 'policy.allow', policyTarget, { details });
    return { outcome: 'allowed', keys: due };
  });
}
