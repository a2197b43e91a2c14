import 'server-only';
import { and, eq, isNotNull, type SQL, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { recoveryCode, secondFactor } from '@/db/schema/second-factor';

/** Whether a user of `directory_user` has a confirmed second factor, for use in a select. */
export const hasSecondFactor: SQL<boolean> = sql<boolean>`exists (select from second_factor factor
  where factor.user_id = directory_user.id and factor.confirmed_at is not null)`;

export type SecondFactorFacts = { since: Date; recoveryCodes: number };

/** The confirmed second factor and the number of unused recovery codes, or null. */
export async function findSecondFactor(
  userId: string,
  tx: Queryable = database(),
): Promise<SecondFactorFacts | null> {
  const [found] = await tx
    .select({
      since: secondFactor.confirmedAt,
      recoveryCodes: sql<number>`(select count(*)::int from recovery_code code
        where code.user_id = second_factor.user_id)`,
    })
    .from(secondFactor)
    .where(and(eq(secondFactor.userId, userId), isNotNull(secondFactor.confirmedAt)));
  return found?.since ? { since: found.since, recoveryCodes: found.recoveryCodes } : null;
}

/** Removes the second factor and its recovery codes. Returns whether one was confirmed. */
export async function forgetSecondFactor(tx: Queryable, userId: string): Promise<boolean> {
  await tx.delete(recoveryCode).where(eq(recoveryCode.userId, userId));
  const removed = await tx
    .delete(secondFactor)
    .where(eq(secondFactor.userId, userId))
    .returning({ confirmedAt: secondFactor.confirmedAt });
  return removed.some(({ confirmedAt }) => confirmedAt !== null);
}
