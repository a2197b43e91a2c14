import 'server-only';
import { and, asc, isNotNull, isNull, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize, type Role } from '@/lib/access/administrator';
import { hasSecondFactor } from '@/lib/sessions/second-factor-of';

export type ListedAdministrator = {
  id: string;
  username: string;
  role: Role;
  active: boolean;
  hasSecondFactor: boolean;
  hasOneTimePassword: boolean;
  lastSignInAt: Date | null;
};

/** From the audit. A correlated subquery reads only the newest event, through the index by actor. */
const lastSignInAt: SQL<Date | null> = sql`(select max(event.at) from audit_event event
  where event.actor = directory_user.username and event.actor_id = directory_user.id
    and event.action = 'session.sign-in' and event.outcome = 'done')`.mapWith((value) =>
  value === null ? null : new Date(value),
);

/** All users with a role, by name. */
export async function listAdministrators(
  administrator: Pick<Administrator, 'role'>,
): Promise<ListedAdministrator[]> {
  authorize(administrator, 'viewer');
  const rows = await database()
    .select({
      id: directoryUser.id,
      username: directoryUser.username,
      role: directoryUser.role,
      active: directoryUser.active,
      hasSecondFactor,
      hasOneTimePassword: sql<boolean>`${directoryUser.oneTimeUntil} is not null`,
      lastSignInAt,
    })
    .from(directoryUser)
    .where(and(isNotNull(directoryUser.role), isNull(directoryUser.deletedAt)))
    .orderBy(asc(directoryUser.usernameFolded), asc(directoryUser.id));
  return rows.flatMap((row) => (row.role ? [{ ...row, role: row.role }] : []));
}
