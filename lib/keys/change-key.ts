import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Database, Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { type Match, requireMatch } from '@/lib/access/match';
import { type Right, rights } from '@/lib/access/rights';
import { isService } from '@/lib/access/service';
import { recordEvent } from '@/lib/audit/record-event';
import { isSameUsername } from '@/lib/lists/username';
import { keyTarget, lockKey } from './find-key';
import { endHandOvers, endWaiting, recordEnded } from './hand-over/end-hand-overs';
import { findWaiting } from './hand-over/waiting';
import type { ChangeKeyInput } from './key-input';
import type { KeySummary } from './key-summary';
import { keyTag } from './key-tag';
import { expiryRefusal } from './policy/expiry';
import {
  applyFields,
  changedFields,
  type ExactExpiry,
  type LockedKey,
  wantedExpiry,
  wantedFields,
} from './policy/key-fields';
import { grantsRetired, mayChange, requireProofFor, sameReserved } from './reserved-scopes';
import { forgetSealedSecrets } from './secret/sealed-secrets';
import { setActive } from './set-active';
import { refuseUndoSwitch, type UndoRefusal } from './undo';
import { widens } from './widens';

export type ChangeKeyResult =
  | { outcome: 'changed'; username: string; hint: string }
  | { outcome: 'gone' }
  /** Only an admin may do this to a key with scopes of Keydesk itself. See `mayChange`. */
  | { outcome: 'needs-admin' | 'reserved-scopes' }
  /** A scope would be granted that can no longer be granted. */
  | { outcome: 'retired-scopes' }
  /** Only whoever collects it can switch it on. */
  | { outcome: 'waiting' }
  | { outcome: 'bad-expiry'; message: string }
  /** The key was used in the last 24 hours, and its username was not typed. */
  | { outcome: 'needs-username'; username: string }
  /**
   * Everything but the status was changed. Switching off a key used in the last 24 hours is confirmed first.
   */
  | { outcome: 'still-on' };

/** Why a change was not made, or not completely; null if it was made. */
type Refusal = Exclude<ChangeKeyResult, { outcome: 'changed' | 'gone' }> | null;

type Switch = { id: string; active: boolean; undo?: boolean; match?: Match };

/**
 * Switches a key on or off. Repeating it changes nothing and records no second event. With `undo` it only
 * takes back what this administrator just did to the key.
 */
export async function switchKey(
  actor: Actor,
  { id, active, undo = false, match }: Switch,
): Promise<ChangeKeyResult | UndoRefusal> {
  const change = async (tx: Queryable, by: Actor, key: LockedKey) => {
    const refusal =
      undo && key.active !== active ? await refuseUndoSwitch(tx, by, id, active) : null;
    return refusal ?? applySwitch(tx, by, key, active);
  };
  const needed = active ? rights.widenKeys : rights.writeKeys;
  return changeLockedKey<Refusal | UndoRefusal>(actor, { id, match, needed }, change);
}

/**
 * Changes name, status and limits of the key together, or nothing. A key in use stays on, because switching
 * it off requires a confirmation that shows its use. See {@link switchKey}.
 */
export async function changeKey(
  actor: Actor,
  input: ChangeKeyInput & ExactExpiry & { match?: Match },
  within?: Database,
): Promise<ChangeKeyResult> {
  return changeLockedKey(actor, { ...input, within }, async (tx, by, key) => {
    const after = { scopes: input.scopes ?? key.scopes };
    const mayAll = mayChange(by, key, after);
    if (!mayAll && !sameReserved(key, after)) return { outcome: 'reserved-scopes' };
    if (grantsRetired(key, after)) return { outcome: 'retired-scopes' };
    requireProofFor(by, key, after);
    const expiry = await wantedExpiry(tx, key, input);
    if (expiry.outcome !== 'fine') {
      if (!mayAll) return { outcome: 'needs-admin' };
      return { outcome: 'bad-expiry', message: expiryRefusal(expiry) };
    }
    const wanted = wantedFields(key, input, expiry.expiresAt);
    const { active = key.active } = input;
    if (!mayAll && !onlyDescribes(key, active, wanted)) return { outcome: 'needs-admin' };
    if (widens(key, wanted, active)) authorize(by, rights.widenKeys);
    const asksFirst = key.active && !active && mustConfirm(by, key);
    const switches = active !== key.active && !asksFirst;
    const refusal = switches ? await applySwitch(tx, by, key, active) : null;
    if (refusal) return refusal;
    await applyFields(tx, by, key, wanted);
    return asksFirst ? { outcome: 'still-on' } : null;
  });
}

type Wanted = ReturnType<typeof wantedFields>;

/** Whether only the name and the metadata change, so that the key still gives the same access. */
function onlyDescribes(key: LockedKey, active: boolean, wanted: Wanted): boolean {
  const describing = ['name', 'metadata'];
  return (
    key.active === active && changedFields(key, wanted).every((field) => describing.includes(field))
  );
}

/**
 * Deletes a key. Its MAC stays, so that late callers can be traced to it. An old secret keeps its overlap for
 * an undo, although no secret of a deleted key is valid. `typed` is the username, which an administrator must
 * type to delete a key in use.
 */
export async function deleteKey(
  actor: Actor,
  id: string,
  typed = '',
  match?: Match,
): Promise<ChangeKeyResult> {
  return changeLockedKey(actor, { id, match }, async (tx, by, key) => {
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    if (mustConfirm(by, key) && !(await isSameUsername(tx, typed, key.username))) {
      return { outcome: 'needs-username', username: key.username };
    }
    await tx.update(apiKey).set({ deletedAt: sql`now()` }).where(eq(apiKey.id, id));
    await forgetSealedSecrets(tx, [id]);
    await endHandOvers(tx, [id]);
    await recordEvent(tx, by, 'key.delete', keyTarget(key));
    return null;
  });
}

/** Whether the actor is first shown how the key is used. A program cannot be asked. */
const mustConfirm = (by: Actor, key: LockedKey) => key.usedLately && !isService(by);

type Target = { id: string; match?: Match; needed?: Right; within?: Database | undefined };
type Changed = Extract<ChangeKeyResult, { outcome: 'changed' | 'gone' }>;

async function changeLockedKey<Refused = Refusal>(
  actor: Actor,
  { id, match, needed = rights.writeKeys, within }: Target,
  change: (tx: Queryable, by: Actor, key: LockedKey) => Promise<Refused>,
): Promise<Changed | NonNullable<Refused>> {
  type Result = Promise<Changed | NonNullable<Refused>>;
  const changeLocked = async (tx: Queryable, by: Actor, key: LockedKey | null): Result => {
    if (!key) return { outcome: 'gone' };
    requireMatch(keyTag(key), match);
    const refusal = await change(tx, by, key);
    if (refusal) return refusal;
    return { outcome: 'changed', username: key.username, hint: key.hint };
  };
  const lock = (tx: Queryable) => lockKey(tx, id);
  return changeAs(actor, needed, lock, changeLocked, { within, savepoint: false });
}

async function applySwitch(
  tx: Queryable,
  by: Actor,
  key: KeySummary,
  active: boolean,
): Promise<Refusal> {
  const waits = !key.active && (await findWaiting(tx, [key.id])).has(key.id);
  if (key.active === active && !waits) return null;
  if (!mayChange(by, key)) return { outcome: 'needs-admin' };
  if (waits && active) return { outcome: 'waiting' };
  if (waits) {
    await recordEnded(tx, by, [key], await endWaiting(tx, [key.id]));
    return null;
  }
  await setActive(tx, by, key, active);
  return null;
}
