import 'server-only';
import { randomBytes } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { secondFactor } from '@/db/schema/second-factor';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs, nothing } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { userTarget } from '@/lib/users/find-user';
import { renewSession } from '../own-session';
import { lockFactor, takeStep } from './check-code';
import { replaceRecoveryCodes } from './recovery-codes';
import { openSecret, sealSecret } from './sealed-secret';

const setUpMinutes = 15;
const isRecent = sql`${secondFactor.confirmedAt} is null
  and ${secondFactor.createdAt} > now() - make_interval(mins => ${setUpMinutes})`;

/**
 * Makes a secret that has no effect until one of its codes is entered. It replaces an earlier unconfirmed
 * one.
 */
export async function beginSetUp(administrator: Administrator): Promise<void> {
  requireReauthentication(administrator);
  const userId = administrator.id;
  const sealedSecret = sealSecret(randomBytes(20), userId);
  await changeAs(administrator, null, nothing, (tx) =>
    tx
      .insert(secondFactor)
      .values({ userId, sealedSecret })
      .onConflictDoUpdate({
        target: secondFactor.userId,
        set: { sealedSecret, lastStep: null, createdAt: sql`now()` },
        setWhere: sql`${secondFactor.confirmedAt} is null`,
      }),
  );
}

/** The secret of a set-up in progress, for the QR code; null if there is none or it is too old. */
export async function findSetUp(administrator: Administrator): Promise<Buffer | null> {
  requireReauthentication(administrator);
  const [row] = await database()
    .select({ sealedSecret: secondFactor.sealedSecret })
    .from(secondFactor)
    .where(and(eq(secondFactor.userId, administrator.id), isRecent));
  return row ? openSecret(row.sealedSecret, administrator.id) : null;
}

export type ConfirmSetUpResult =
  | { outcome: 'confirmed'; recoveryCodes: string[]; sessionId: string }
  | { outcome: 'wrong' | 'gone' };

/** Activates the second factor, makes recovery codes and signs out other browsers. */
export async function confirmSetUp(
  administrator: Administrator,
  code: string,
): Promise<ConfirmSetUpResult> {
  requireReauthentication(administrator);
  type Result = Promise<ConfirmSetUpResult>;
  const lock = (tx: Queryable) => lockFactor(tx, administrator.id, false);
  const own = { own: 'no key update' } as const;
  return changeAs(
    administrator,
    null,
    lock,
    async (tx, by, factor): Result => {
      if (!factor) return { outcome: 'gone' };
      if (!(await takeStep(tx, factor, code.replace(/\s/g, '')))) return { outcome: 'wrong' };
      const recoveryCodes = await replaceRecoveryCodes(tx, by.id);
      const sessionId = await renewSession(tx, by);
      await recordEvent(tx, by, 'account.second-factor-on', userTarget(by));
      return { outcome: 'confirmed', recoveryCodes, sessionId };
    },
    own,
  );
}

/** Replaces the recovery codes; null without a second factor. */
export async function makeRecoveryCodes(administrator: Administrator): Promise<string[] | null> {
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => lockFactor(tx, administrator.id, true);
  return changeAs(administrator, null, lock, async (tx, by, factor) => {
    if (!factor) return null;
    await recordEvent(tx, by, 'account.recovery-codes', userTarget(by));
    return replaceRecoveryCodes(tx, by.id);
  });
}
