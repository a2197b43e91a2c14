import 'server-only';
import { type Database, database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { violatedUniqueness } from '@/db/unique-violation';
import type { Actor } from '@/lib/access/actor';
import { changeAs, nothing } from '@/lib/access/change-as';
import { rights } from '@/lib/access/rights';
import { type AuditActor, recordEvents } from '@/lib/audit/record-event';
import { type Confirmed, findLookalike } from './find-lookalike';
import { findByUsername, userTarget } from './find-user';
import type { NewUser } from './user-input';

export type CreateUserResult =
  | { outcome: 'created' }
  /** Somebody has this name, or one that looks like it and was not agreed to. */
  | { outcome: 'exists' | 'lookalike'; username: string };

/**
 * Adds a user. The unique index decides whether the name is free; a repeated request (same `id`, same
 * name) adds nobody and counts as done.
 */
export async function createUser(
  actor: Actor,
  { lookalike, ...user }: NewUser & Confirmed,
  within?: Database,
): Promise<CreateUserResult> {
  type Result = Promise<CreateUserResult>;
  try {
    return await changeAs(
      actor,
      rights.writeUsers,
      nothing,
      async (tx, by): Result => {
        const alike =
          lookalike === user.username ? null : await findLookalike(tx, user.username, user.id);
        if (alike !== null) return { outcome: 'lookalike', username: alike };
        await insertUsers(tx, [user]);
        await recordUsers(tx, by, [user]);
        return { outcome: 'created' };
      },
      { within },
    );
  } catch (error) {
    if (violatedUniqueness(error) === null) throw error;
    const twin = await findByUsername(within ?? database(), user.username);
    if (twin?.id === user.id) return { outcome: 'created' };
    return { outcome: 'exists', username: twin?.username ?? user.username };
  }
}

/** Adds users; throws where a name is taken. A statement holds some 5,000. */
export async function insertUsers(tx: Queryable, users: NewUser[]): Promise<void> {
  await tx.insert(directoryUser).values(users);
}

/** The events of users just added, written last; see `recordEvent`. */
export async function recordUsers(
  tx: Queryable,
  actor: AuditActor,
  users: Pick<NewUser, 'id' | 'username'>[],
): Promise<void> {
  await recordEvents(tx, actor, 'user.create', users.map(userTarget));
}
