import 'server-only';
import { and, eq, isNull, type SQL, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { directoryUser, type kinds } from '@/db/schema/directory-user';
import type { Actor } from '@/lib/access/actor';
import { authorize, type Role } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { namedBy } from '@/lib/lists/username';

/** Names its tables in full: a column by reference loses its table where only one is read. */
const keyCount: SQL<number> = sql<number>`(select count(*)::int from api_key
  where api_key.owner_id = directory_user.id and api_key.deleted_at is null)`;

const responsibleName: SQL<string | null> = sql<string | null>`(select responsible.username
  from directory_user responsible where responsible.id = directory_user.responsible_id)`;

/** What screens may know of a user. The password hash is not in it. */
export const userSummary = {
  id: directoryUser.id,
  username: directoryUser.username,
  displayName: directoryUser.displayName,
  email: directoryUser.email,
  active: directoryUser.active,
  kind: directoryUser.kind,
  responsible: responsibleName,
  responsibleId: directoryUser.responsibleId,
  role: directoryUser.role,
  createdAt: directoryUser.createdAt,
  keys: keyCount,
};

export type UserSummary = {
  id: string;
  username: string;
  displayName: string;
  email: string;
  active: boolean;
  kind: (typeof kinds)[number];
  /** The username of the person who answers for a service. */
  responsible: string | null;
  responsibleId: string | null;
  role: Role | null;
  createdAt: Date;
  keys: number;
};

export async function findUser(actor: Actor, id: string): Promise<UserSummary | null> {
  authorize(actor, rights.readUsers);
  const [user] = await database()
    .select(userSummary)
    .from(directoryUser)
    .where(and(eq(directoryUser.id, id), isNull(directoryUser.deletedAt)));
  return user ?? null;
}

/** What the directory says of a user who has just been deleted. */
export async function findDeletedUser(
  actor: Actor,
  id: string,
): Promise<{ username: string; keys: number } | null> {
  authorize(actor, rights.readUsers);
  const [user] = await database()
    .select({
      username: directoryUser.username,
      keys: sql<number>`coalesce((${auditEvent.details} ->> 'keys')::int, 0)`,
    })
    .from(directoryUser)
    .leftJoin(
      auditEvent,
      and(eq(auditEvent.targetId, directoryUser.id), eq(auditEvent.action, 'user.delete')),
    )
    .where(and(eq(directoryUser.id, id), sql`${directoryUser.deletedAt} is not null`));
  return user ?? null;
}

/** The user whom a name means, however it is written; undefined where there is none. */
export async function findByUsername(tx: Queryable, username: string) {
  const { where, orderBy } = namedBy(username);
  const [user] = await tx
    .select({ id: directoryUser.id, username: directoryUser.username, role: directoryUser.role })
    .from(directoryUser)
    .where(where)
    .orderBy(orderBy)
    .limit(1);
  return user;
}

/** Whether a locked user has keys, about which somebody must decide before the user is disabled. */
export async function hasKeys(tx: Queryable, id: string): Promise<boolean> {
  const { rows } = await tx.execute<{ found: boolean }>(sql`
    select exists (select from api_key where owner_id = ${id} and deleted_at is null) as found`);
  return rows[0]?.found === true;
}

/** How the audit names a user. */
export function userTarget(user: { id: string; username: string }) {
  return { type: 'user', id: user.id, label: user.username } as const;
}

/** The username of the user with this id, who is not deleted. */
export async function findUsernameOf(tx: Queryable, id: string): Promise<string | undefined> {
  const [user] = await tx
    .select({ username: directoryUser.username })
    .from(directoryUser)
    .where(and(eq(directoryUser.id, id), isNull(directoryUser.deletedAt)));
  return user?.username;
}
