import 'server-only';
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { secondFactor } from '@/db/schema/second-factor';
import { takeRecoveryCode } from './recovery-codes';
import { openSecret } from './sealed-secret';
import { matchingStep, stepSeconds } from './totp';

export type CodeKind = 'app' | 'recovery';

/** By the database's clock, which all instances share. */
const presentStep = sql<number>`floor(extract(epoch from clock_timestamp()) / ${stepSeconds})::int`;

/**
 * Accepts a code of the app or a recovery code, each only once; null if it is wrong. The row stays locked
 * until the end of the transaction, so that one of two equal parallel codes is refused.
 */
export async function takeCode(
  tx: Queryable,
  userId: string,
  typed: string,
): Promise<CodeKind | null> {
  const code = typed.replace(/[\s-]/g, '').toUpperCase();
  const factor = await lockFactor(tx, userId, true);
  if (!factor) return null;
  if (/^[A-Z2-7]{16}$/.test(code)) {
    return (await takeRecoveryCode(tx, userId, code)) ? 'recovery' : null;
  }
  return (await takeStep(tx, factor, code)) ? 'app' : null;
}

type LockedFactor = NonNullable<Awaited<ReturnType<typeof lockFactor>>>;

export async function takeStep(tx: Queryable, factor: LockedFactor, code: string) {
  const secret = openSecret(factor.sealedSecret, factor.userId);
  const step = secret && matchingStep(secret, code, factor);
  if (!step) return false;
  await tx
    .update(secondFactor)
    .set({ lastStep: step, confirmedAt: sql`coalesce(${secondFactor.confirmedAt}, now())` })
    .where(eq(secondFactor.userId, factor.userId));
  return true;
}

export async function lockFactor(tx: Queryable, userId: string, confirmed: boolean) {
  const isInForce = confirmed
    ? isNotNull(secondFactor.confirmedAt)
    : sql`${secondFactor.confirmedAt} is null`;
  const [factor] = await tx
    .select({
      userId: secondFactor.userId,
      sealedSecret: secondFactor.sealedSecret,
      lastStep: secondFactor.lastStep,
      now: presentStep,
    })
    .from(secondFactor)
    .where(and(eq(secondFactor.userId, userId), isInForce))
    .for('update');
  return factor;
}
