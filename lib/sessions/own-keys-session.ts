import 'server-only';
import { and, eq, isNull, ne, sql } from 'drizzle-orm';
import { prepared, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { keyPolicy } from '@/db/schema/key-policy';
import { session } from '@/db/schema/session';
import type { KeyOwner } from '@/lib/access/key-owner';
import { settings } from '@/lib/settings/settings';
import { hasSecondFactor } from './second-factor-of';
import { isAlive, isStale, sessionHash, touch } from './session';

/** The person without a role whose session this is, while the policy lets them in. */
const sessionKeyOwner = prepared((db) =>
  db
    .select({
      id: directoryUser.id,
      username: directoryUser.username,
      hasSecondFactor,
      stale: isStale,
    })
    .from(session)
    .innerJoin(directoryUser, eq(directoryUser.id, session.userId))
    .innerJoin(keyPolicy, ne(keyPolicy.ownKeys, 'off'))
    .where(
      and(
        eq(session.idHash, sql.placeholder('idHash')),
        isAlive,
        eq(session.ownKeys, true),
        eq(directoryUser.active, true),
        eq(directoryUser.kind, 'person'),
        isNull(directoryUser.role),
        isNull(directoryUser.deletedAt),
      ),
    )
    .prepare('keydesk_session_key_owner'),
);

/**
 * The owner of this live session, who has no role; null for administrators and everybody else. Each call keeps
 * the session alive.
 */
export async function findSessionKeyOwner(id: string, address: string): Promise<KeyOwner | null> {
  const idHash = sessionHash(id);
  const [found] = await sessionKeyOwner().execute({ idHash });
  if (!found || (settings().REQUIRE_SECOND_FACTOR && !found.hasSecondFactor)) return null;
  if (found.stale) await touch(idHash);
  return { kind: 'key-owner', id: found.id, username: found.username, address };
}

/** Signs out everybody without a role. */
export async function endOwnKeysSessions(tx: Queryable): Promise<void> {
  await tx.delete(session).where(eq(session.ownKeys, true));
}
