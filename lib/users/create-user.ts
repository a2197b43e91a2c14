import 'server-only';
import { type Database, database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { violatedUniqueness } from '@/db/unique-violation';
import type { Actor } from '@/lib/access/actor';
import { changeAs } from '@/lib/access/change-as';
import { rights } from '@/lib/access/rights';
import { type AuditActor, recordEvents } from '@/lib/audit/record-event';
import { type Confirmed, findLookalike } from './find-lookalike';
import { findByUsername, userTarget } from './find-user';
import { lockResponsible, type ResponsibleRefusal, refuseResponsible } from './responsible';
import type { NewUser } from './user-input';

export type CreateUserResult =
  | { outcome: 'created' }
  | ResponsibleRefusal
  /** Somebody has this name, or one that looks like it and was not agreed to. */
  | { outcome: 'exists' | 'lookalike'; username: string };

/**
 * Adds a user, who is a person unless the input says otherwise. The unique index decides whether the name is free; a repeated request (same `id`, same
 * name) adds nobody and counts as done.
 */
export async function createUser(
  actor: Actor,
  { lookalike, ...user }: NewUser & Confirmed,
  within?: Database,
): Promise<CreateUserResult> {
  type Result = Promise<CreateUserResult>;
  const { kind = 'person', responsible: typed = '', ...facts } = user;
  const named = kind === 'service' ? typed : '';
  const lock = (tx: Queryable) => lockResponsible(tx, named);
  try {
    return await changeAs(
      actor,
      rights.writeUsers,
      lock,
      async (tx, by, person): Result => {
        const alike =
          lookalike === user.username ? null : await findLookalike(tx, user.username, user.id);
        if (alike !== null) return { outcome: 'lookalike', username: alike };
        const isService = kind === 'service';
        const refusal = isService ? await refuseResponsible(tx, named, person, user.id) : null;
        if (refusal) return refusal;
        await insertUsers(tx, [{ ...facts, kind, responsibleId: person?.id }]);
        await recordUsers(tx, by, [{ ...facts, kind, responsible: person?.username }]);
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

type Facts = Omit<NewUser, 'responsible'>;

/** Adds users; throws where a name is taken. A statement holds some 5,000. */
export async function insertUsers(
  tx: Queryable,
  users: (Facts & { responsibleId?: string | undefined })[],
): Promise<void> {
  await tx.insert(directoryUser).values(users);
}

/** The events of users just added, written last; see `recordEvent`. */
export async function recordUsers(
  tx: Queryable,
  actor: AuditActor,
  users: (Pick<NewUser, 'id' | 'username' | 'kind'> & { responsible?: string | undefined })[],
): Promise<void> {
  const targets = users.map(({ kind, responsible = null, ...user }) => ({
    ...userTarget(user),
    ...(kind === 'service' ? { details: { kind, responsible } } : {}),
  }));
  await recordEvents(tx, actor, 'user.create', targets);
}
