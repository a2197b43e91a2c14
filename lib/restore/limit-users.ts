import 'server-only';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { federatedIdentity } from '@/db/schema/federated-identity';
import { commandLine } from '@/lib/access/command-line';
import type { AuditAction } from '@/lib/audit/audit-actions';
import { recordEvent } from '@/lib/audit/record-event';
import { userTarget } from '@/lib/users/find-user';
import { repeated } from './end-keys';
import { inBatches } from './in-batches';
import { lowerRole, type UserRemedy } from './revocation-list';

/** `signIns`: whose password was taken away, because it was changed after the backup. */
export type UserCounts = { users: number; unknownUsers: number; signIns: string[] };

type User = typeof directoryUser.$inferSelect;

/** Takes from users what was taken from them before. Sessions are ended elsewhere, all of them. */
export async function limitUsers(
  tx: Queryable,
  users: ReadonlyMap<string, UserRemedy>,
): Promise<UserCounts> {
  const counts: UserCounts = { users: 0, unknownUsers: 0, signIns: [] };
  for (const ids of inBatches([...users.keys()].sort())) {
    const locked = await tx
      .select()
      .from(directoryUser)
      .where(and(inArray(directoryUser.id, ids), isNull(directoryUser.deletedAt)))
      .orderBy(asc(directoryUser.id))
      .for('no key update');
    for (const user of locked) {
      const remedy = users.get(user.id);
      if (remedy && (await limit(tx, user, remedy))) counts.signIns.push(user.username);
    }
    counts.users += locked.length;
    counts.unknownUsers += ids.length - locked.length;
  }
  return counts;
}

/** @returns whether the user had a password that no longer works */
async function limit(tx: Queryable, user: User, remedy: UserRemedy): Promise<boolean> {
  const role = remedy.role === undefined ? user.role : lowerRole(user.role, remedy.role);
  const losesPassword = user.passwordHash !== null && (remedy.forgetPassword || role === null);
  const disables = remedy.disable && user.active;
  if (disables || losesPassword || role !== user.role) {
    await tx
      .update(directoryUser)
      .set({
        active: user.active && !remedy.disable,
        role: role as User['role'],
        ...(losesPassword && { passwordHash: null, oneTimeUntil: null }),
        updatedAt: sql`now()`,
      })
      .where(eq(directoryUser.id, user.id));
  }
  const record = (action: AuditAction, details: Record<string, unknown> = {}) =>
    recordEvent(tx, commandLine, action, userTarget(user), {
      details: { ...details, ...repeated },
    });
  if (disables) await record('user.disable');
  if (role !== user.role) {
    await record('administrator.change-role', { role: { from: user.role, to: role } });
  }
  if (losesPassword && role !== null) {
    await record('administrator.reset-password', { password: 'removed' });
  }
  if (remedy.unlink) await unlink(tx, user, record);
  return losesPassword && role !== null && !disables;
}

async function unlink(
  tx: Queryable,
  { id }: User,
  record: (action: AuditAction, details: Record<string, unknown>) => Promise<void>,
) {
  const removed = await tx
    .delete(federatedIdentity)
    .where(eq(federatedIdentity.userId, id))
    .returning({ issuer: federatedIdentity.issuer, subject: federatedIdentity.subject });
  if (removed.length > 0) await record('user.unlink', { removed });
}
