import 'server-only';
import { and, asc, eq, inArray, isNull, or } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { type Actor, personOf } from '@/lib/access/actor';
import { authorize, ForbiddenError, type Role } from '@/lib/access/administrator';
import { againAfterDeadlock } from '@/lib/access/change-as';
import type { Right } from '@/lib/access/rights';
import { stillMay } from '@/lib/access/still-may';
import { lockKeysOf } from '@/lib/keys/delete-keys-of';
import type { KeySummary } from '@/lib/keys/key-summary';
import { type UserSummary, userSummary } from './find-user';

export type LockedUser = Omit<UserSummary, 'keys' | 'createdAt' | 'responsible'>;

export type Locked = {
  user: LockedUser;
  /** Counted only where the user has a role: then every admin is locked. */
  otherAdmins: number;
  other: LockedUser | undefined;
  /** The person who answers, or is to answer, for a service. */
  responsible: LockedUser | undefined;
};

export type LockedWithKeys = Locked & { keys: KeySummary[] };

type Whom = {
  id: string;
  /** Another user whom the change concerns. */
  otherId?: string | undefined;
  /** The person who is to answer for the user, or for their services. */
  responsibleId?: string | undefined;
};

/** Why nothing was done before `change` was asked. */
export type NotChanged = { outcome: 'gone' } | { outcome: 'refused'; because: 'needs-admin' };

/**
 * The transaction of every change of a user, as `changeAs` is of all others: they and who changes them
 * are locked and looked at. Of two admins who take each other's role at the same moment only the first
 * does, for the other one is no admin any more.
 *
 * @throws ForbiddenError as `stillMay`, where the user has no role
 */
export async function changeUserAs<Result>(
  actor: Actor,
  needed: Role | Right,
  whom: Whom & { withKeys?: boolean },
  change: (tx: Queryable, by: Actor, locked: LockedWithKeys) => Promise<Result>,
): Promise<Result | NotChanged> {
  authorize(actor, needed);
  return againAfterDeadlock(() =>
    database().transaction(async (tx): Promise<Result | NotChanged> => {
      const withRole = await bearsRole(tx, whom.id);
      const locked = await lockUser(
        tx,
        { ...whom, actorId: personOf(actor) ?? undefined },
        withRole,
      );
      const keys = locked && whom.withKeys ? await lockKeysOf(tx, whom.id) : [];
      const ask = withRole ? stillMayOrNull : stillMay<Actor>;
      const by = await ask(tx, actor, needed);
      if (!locked) return { outcome: 'gone' };
      if (!by) return { outcome: 'refused', because: 'needs-admin' };
      return change(tx, by, { ...locked, keys });
    }),
  );
}

async function bearsRole(tx: Queryable, id: string): Promise<boolean> {
  const [row] = await tx
    .select({ role: directoryUser.role })
    .from(directoryUser)
    .where(eq(directoryUser.id, id));
  return Boolean(row?.role);
}

async function stillMayOrNull(tx: Queryable, actor: Actor, needed: Role | Right) {
  try {
    return await stillMay(tx, actor, needed);
  } catch (error) {
    if (error instanceof ForbiddenError) return null;
    throw error;
  }
}

/**
 * The user, locked until the end of the transaction; one with a role together with every active admin:
 * whether one is the last of them must not change before our commit. Locked in the order of ids, so that
 * two administrators at once wait for each other instead of for ever; so are another user whom the
 * change concerns, and who makes it. Not `for update`: a row that merely refers to one of them, like a
 * key that an admin just makes, would wait for us while we wait for its owner.
 */
export async function lockUser(
  tx: Queryable,
  { id, otherId, responsibleId, actorId }: Whom & { actorId?: string },
  withRole = true,
): Promise<Locked | null> {
  const named = [id, otherId, responsibleId].filter((one) => one !== undefined);
  const all = [...named, actorId].filter((one) => one !== undefined);
  let rows = await lockRows(tx, withRole ? all : named, withRole);
  const given = rows.some((row) => row.id === id && row.role !== null);
  // Somebody gave them a role since we looked.
  if (given && !withRole) rows = await lockRows(tx, all, true);
  const user = rows.find((row) => row.id === id);
  const isOtherAdmin = (row: LockedUser) => row.role === 'admin' && row.active && row.id !== id;
  const otherAdmins = rows.filter(isOtherAdmin).length;
  const find = (wanted: string | undefined) => rows.find((row) => row.id === wanted);
  const others = { other: find(otherId), responsible: find(responsibleId) };
  return user ? { user, otherAdmins, ...others } : null;
}

function lockRows(tx: Queryable, ids: string[], adminsToo: boolean): Promise<LockedUser[]> {
  const { keys: _keys, createdAt: _createdAt, responsible: _responsible, ...columns } = userSummary;
  const isAdmin = and(eq(directoryUser.role, 'admin'), eq(directoryUser.active, true));
  return tx
    .select(columns)
    .from(directoryUser)
    .where(
      and(
        isNull(directoryUser.deletedAt),
        or(inArray(directoryUser.id, ids), adminsToo ? isAdmin : undefined),
      ),
    )
    .orderBy(asc(directoryUser.id))
    .for('no key update');
}
