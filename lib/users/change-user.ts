import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { violatedUniqueness } from '@/db/unique-violation';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { type Match, requireMatch } from '@/lib/access/match';
import { rights } from '@/lib/access/rights';
import { recordEvent } from '@/lib/audit/record-event';
import { endHandOversOf } from '@/lib/keys/hand-over/end-hand-overs-of';
import { mayChangeKeysOf } from '@/lib/keys/reserved-scopes';
import { endSessionsOf } from '@/lib/sessions/session';
import { type RoleRefusal, refuseLockedChange, refuseRemoval } from './administrator-rules';
import { type Confirmed, findLookalike } from './find-lookalike';
import { findByUsername, hasKeys, userTarget } from './find-user';
import { judgeKind, kindChanges, type WantedKind } from './kind';
import { changeUserAs, type Locked, type LockedUser } from './lock-user';
import { findSuccessor } from './relieve';
import { countServices, type ResponsibleRefusal } from './responsible';
import type { ChangeUserInput } from './user-input';
import { userTag } from './user-tag';

export type ChangeUserResult =
  | { outcome: 'changed' | 'gone' }
  /** All was changed but the status: first somebody decides about the keys. */
  | { outcome: 'has-keys' }
  /** The same: they answer for so many services. */
  | { outcome: 'has-services'; services: number }
  /** Nothing was changed: only a person can answer for services. */
  | { outcome: 'is-responsible'; services: number }
  | ResponsibleRefusal
  /** Nothing was changed: gateways stop or start with their owner, which is for an admin to say. */
  | { outcome: 'service-keys' }
  | { outcome: 'refused'; because: RoleRefusal }
  /** Somebody has this name, or one that looks like it and was not agreed to. */
  | { outcome: 'exists' | 'lookalike'; username: string };

/**
 * Changes name, facts and status together; what stays as it was leaves no event. Who has keys is
 * disabled by `disableUser`, which says what becomes of them.
 */
export async function changeUser(
  actor: Actor,
  input: ChangeUserInput & Confirmed & { match?: Match },
): Promise<ChangeUserResult> {
  authorize(actor, rights.writeUsers);
  const whom = { id: input.id, responsibleId: await findSuccessor(database(), input) };
  try {
    return await changeUserAs(actor, rights.writeUsers, whom, (tx, by, locked) =>
      changeLocked(tx, by, locked, input),
    );
  } catch (error) {
    if (violatedUniqueness(error) === null) throw error;
    const twin = await findByUsername(database(), input.username);
    return { outcome: 'exists', username: twin?.username ?? input.username };
  }
}

async function changeLocked(
  tx: Queryable,
  by: Actor,
  locked: Locked,
  { lookalike, match, ...input }: ChangeUserInput & Confirmed & { match?: Match },
): Promise<ChangeUserResult> {
  const { user } = locked;
  requireMatch(userTag(user), match);
  const disables = user.active && !input.active;
  const because = disables ? refuseRemoval(by, locked) : refuseLockedChange(by, locked);
  if (because) return { outcome: 'refused', because };
  const switches = user.active !== input.active;
  if (switches && !(await mayChangeKeysOf(by, user.id, tx))) return { outcome: 'service-keys' };
  const isNew = input.username !== user.username && input.username !== lookalike;
  const alike = isNew ? await findLookalike(tx, input.username, user.id) : null;
  if (alike !== null) return { outcome: 'lookalike', username: alike };
  const services = await countServices(tx, user.id);
  const kind = await judgeKind(tx, locked, input, services);
  if ('outcome' in kind) return kind;
  const changes = await applyFields(tx, user, input, kind);
  const isLeft = user.responsibleId !== null && kind.responsibleId !== user.responsibleId;
  const recordEnded = await endHandOversOf(tx, isLeft ? [user.id] : []);
  const owns = disables && (await hasKeys(tx, user.id));
  const mustAsk = owns || (disables && services > 0);
  const switched = mustAsk ? null : await applyStatus(tx, user, input.active);
  const after = userTarget({ ...user, username: input.username });
  await recordEnded(by);
  if (changes) await recordEvent(tx, by, 'user.update', userTarget(user), { details: changes });
  if (switched) await recordEvent(tx, by, switched, after);
  if (mustAsk) return owns ? { outcome: 'has-keys' } : { outcome: 'has-services', services };
  return { outcome: 'changed' };
}

/** @returns what changed, from what to what; null for nothing */
async function applyFields(
  tx: Queryable,
  user: LockedUser,
  { username, displayName, email }: ChangeUserInput,
  kind: WantedKind,
) {
  const wanted = { username, displayName, email };
  const names = ['username', 'displayName', 'email'] as const;
  const changed = names.filter((name) => user[name] !== wanted[name]);
  const facts = changed.map((name) => [name, { from: user[name], to: wanted[name] }]);
  const changes = { ...Object.fromEntries(facts), ...(await kindChanges(tx, user, kind)) };
  if (Object.keys(changes).length === 0) return null;
  await tx
    .update(directoryUser)
    .set({ ...wanted, ...kind, updatedAt: sql`now()` })
    .where(eq(directoryUser.id, user.id));
  return changes;
}

/** @returns the action to be recorded; null where the user was so already */
async function applyStatus(tx: Queryable, user: LockedUser, active: boolean) {
  if (user.active === active) return null;
  await tx
    .update(directoryUser)
    .set({ active, updatedAt: sql`now()` })
    .where(eq(directoryUser.id, user.id));
  if (!active) await endSessionsOf(tx, user.id);
  return active ? 'user.enable' : 'user.disable';
}
