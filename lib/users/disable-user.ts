import 'server-only';
import { eq, inArray, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { type Match, requireMatch } from '@/lib/access/match';
import { type Right, rights } from '@/lib/access/rights';
import { recordEvent, recordEvents } from '@/lib/audit/record-event';
import { deleteLockedKeys } from '@/lib/keys/delete-keys-of';
import { keyTarget } from '@/lib/keys/find-key';
import { endWaiting, recordEnded } from '@/lib/keys/hand-over/end-hand-overs';
import type { KeySummary } from '@/lib/keys/key-summary';
import { mayChangeAll } from '@/lib/keys/reserved-scopes';
import { refuseTransfer, type TransferRefusal, transferLockedKeys } from '@/lib/keys/transfer-keys';
import { endSessionsOf } from '@/lib/sessions/session';
import { type RoleRefusal, refuseLockedChange, refuseRemoval } from './administrator-rules';
import type { DisableUserInput, KeyAction } from './disable-user-input';
import { findByUsername, userTarget } from './find-user';
import { changeUserAs, type LockedUser, type LockedWithKeys } from './lock-user';
import { findSuccessor, judgeRelief, type ReliefRefusal } from './relieve';
import { moveServices } from './responsible';
import { userTag } from './user-tag';

export type DisableUserResult =
  | {
      outcome: 'done';
      username: string;
      keys: number;
      keyAction: KeyAction;
      unsealed: number;
      /** For how many services they answered. */
      services: number;
    }
  | { outcome: 'gone' | 'unknown-user' | 'same-user' }
  | { outcome: 'refused'; because: RoleRefusal }
  /** Not the keys that the administrator decided about: some came or went meanwhile. */
  | { outcome: 'keys-changed'; keys: number }
  /** Some are service keys: what becomes of them is for an admin to say, whatever it is. */
  | { outcome: 'service-keys' }
  | ReliefRefusal
  | TransferRefusal;

/**
 * Disables a user and decides about their keys and services, in one transaction. Of somebody who is disabled
 * already, the keys alone. Where the number of keys is not the one that was agreed to, nothing happens.
 */
export async function disableUser(
  actor: Actor,
  input: DisableUserInput & { match?: Match },
): Promise<DisableUserResult> {
  authorize(actor, rights.writeUsers);
  const { id, keyAction, to } = input;
  const newOwner = keyAction === 'transfer' ? await findByUsername(database(), to) : null;
  if (newOwner === undefined) return { outcome: 'unknown-user' };
  if (newOwner?.id === id) return { outcome: 'same-user' };
  const responsibleId = await findSuccessor(database(), input);
  const whom = { id, otherId: newOwner?.id, responsibleId, withKeys: true };
  return changeUserAs(actor, rights.writeUsers, whom, (tx, by, locked) =>
    disableLocked(tx, by, locked, input),
  );
}

/** The right that each decision about keys needs besides. */
const neededFor: Record<KeyAction, Right | null> = {
  keep: null,
  deactivate: rights.writeKeys,
  delete: rights.writeKeys,
  transfer: rights.widenKeys,
};

async function disableLocked(
  tx: Queryable,
  by: Actor,
  locked: LockedWithKeys,
  input: DisableUserInput & { match?: Match },
): Promise<DisableUserResult> {
  const { user, keys, other: newOwner } = locked;
  requireMatch(userTag(user), input.match);
  const { keyAction } = input;
  const because = user.active ? refuseRemoval(by, locked) : refuseLockedChange(by, locked);
  if (because) return { outcome: 'refused', because };
  if (keyAction === 'transfer' && !newOwner) return { outcome: 'unknown-user' };
  if (!mayChangeAll(by, keys)) return { outcome: 'service-keys' };
  const needed = keys.length > 0 ? neededFor[keyAction] : null;
  if (needed) authorize(by, needed);
  if (keys.length !== input.keys) return { outcome: 'keys-changed', keys: keys.length };
  const refusal = newOwner ? await refuseTransfer(tx, keys, newOwner) : null;
  if (refusal) return refusal;
  const services = await judgeRelief(tx, locked, input);
  if (typeof services !== 'number') return services;
  const recordMoved = await moveServices(tx, user, locked.responsible);
  if (user.active) await switchOff(tx, user.id);
  const unsealed = await decide(tx, by, { user, keys, keyAction, newOwner });
  await recordMoved(by);
  if (user.active) {
    const about = keys.length > 0 ? { keys: keys.length, keyAction, to: newOwner?.username } : {};
    const details = { ...about, ...(services > 0 ? { services } : {}) };
    await recordEvent(tx, by, 'user.disable', userTarget(user), { details });
  }
  const { username } = user;
  return { outcome: 'done', username, keys: keys.length, keyAction, unsealed, services };
}

async function switchOff(tx: Queryable, id: string) {
  await tx
    .update(directoryUser)
    .set({ active: false, updatedAt: sql`now()` })
    .where(eq(directoryUser.id, id));
  await endSessionsOf(tx, id);
}

type Decision = {
  user: LockedUser;
  keys: KeySummary[];
  keyAction: KeyAction;
  newOwner: LockedUser | undefined;
};

/** @returns how many keys cannot be revealed any more */
async function decide(
  tx: Queryable,
  actor: Actor,
  { user, keys, keyAction, newOwner }: Decision,
): Promise<number> {
  if (keyAction === 'delete') await deleteLockedKeys(tx, actor, keys);
  if (keyAction === 'deactivate') await deactivateLocked(tx, actor, keys);
  return newOwner ? transferLockedKeys(tx, actor, keys, { from: user, to: newOwner }) : 0;
}

async function deactivateLocked(tx: Queryable, actor: Actor, keys: KeySummary[]) {
  const on = keys.filter((key) => key.active);
  // A collection would switch them on.
  const ended = await endWaiting(
    tx,
    keys.map((key) => key.id),
  );
  const ids = on.map((key) => key.id);
  if (on.length > 0) {
    await tx.update(apiKey).set({ active: false }).where(inArray(apiKey.id, ids));
  }
  await recordEvents(tx, actor, 'key.deactivate', on.map(keyTarget));
  await recordEnded(tx, actor, keys, ended);
}
