import 'server-only';
import { createHash, randomBytes } from 'node:crypto';
import { and, eq, isNotNull, or, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { type firstFactors, pendingSignIn } from '@/db/schema/session';

export type FirstFactor = (typeof firstFactors)[number];

/** Minutes after the first factor in which the code must be entered. */
export const pendingMinutes = 5;

const isOpen = sql`${pendingSignIn.createdAt} > now() - make_interval(mins => ${pendingMinutes})`;

/** Records that the first factor was right, and returns the id that the browser keeps until the code. */
export async function startPendingSignIn(
  tx: Queryable,
  userId: string,
  by: FirstFactor = 'password',
): Promise<string> {
  const id = randomBytes(32).toString('base64url');
  await tx.delete(pendingSignIn).where(sql`not (${isOpen})`);
  await tx.insert(pendingSignIn).values({ idHash: idHash(id), userId, by });
  return id;
}

/** Without a role, as far as the policy goes. */
const maySeeOwnKeys = sql`${directoryUser.kind} = 'person'
  and exists (select from key_policy where own_keys <> 'off')`;

export type PendingSignIn = { userId: string; username: string; by: FirstFactor };

/** The user whose first factor was right; null if it has expired or they may not sign in any more. */
export async function findPendingSignIn(
  id: string,
  tx: Queryable = database(),
): Promise<PendingSignIn | null> {
  const [found] = await tx
    .select({
      userId: directoryUser.id,
      username: directoryUser.username,
      by: pendingSignIn.by,
    })
    .from(pendingSignIn)
    .innerJoin(directoryUser, eq(directoryUser.id, pendingSignIn.userId))
    .where(
      and(
        eq(pendingSignIn.idHash, idHash(id)),
        isOpen,
        eq(directoryUser.active, true),
        or(isNotNull(directoryUser.role), maySeeOwnKeys),
      ),
    );
  return found ?? null;
}

/** Uses up the pending sign-in. Returns false if it was used already or has expired. */
export async function endPendingSignIn(tx: Queryable, id: string): Promise<boolean> {
  const ended = await tx
    .delete(pendingSignIn)
    .where(and(eq(pendingSignIn.idHash, idHash(id)), isOpen))
    .returning({ userId: pendingSignIn.userId });
  return ended.length > 0;
}

function idHash(id: string): Buffer {
  return createHash('sha256').update(id).digest();
}
