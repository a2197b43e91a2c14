import 'server-only';
import { and, eq, isNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { session } from '@/db/schema/session';
import { isAlive, sessionHash } from './session';

/**
 * Whether this is a live session of this user, who may act now, with a role or as the owner of their keys. Locks the
 * session and the user until the commit, so that neither ends meanwhile.
 */
export async function lockSignedIn(
  tx: Queryable,
  sessionId: string,
  userId: string,
): Promise<boolean> {
  const rows = await tx
    .select({ id: directoryUser.id })
    .from(session)
    .innerJoin(directoryUser, eq(directoryUser.id, session.userId))
    .where(
      and(
        eq(session.idHash, sessionHash(sessionId)),
        eq(session.userId, userId),
        isAlive,
        // A session that began without a role stays one without it.
        sql`${session.ownKeys} = (${directoryUser.role} is null)`,
        eq(directoryUser.active, true),
        isNull(directoryUser.deletedAt),
        isNull(directoryUser.oneTimeUntil),
        or(sql`${directoryUser.role} is not null`, eq(directoryUser.kind, 'person')),
      ),
    )
    .for('share');
  return rows.length > 0;
}
