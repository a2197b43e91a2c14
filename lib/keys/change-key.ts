import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { recordEvent } from '@/lib/audit/record-event';
import { isSameUsername } from '@/lib/lists/username';
import { keyTarget, lockKey } from './find-key';
import type { ChangeKeyInput } from './key-input';
import type { KeySummary } from './key-summary';
import { expiryRefusal } from './policy/expiry';
import {
  applyFields,
  changedFields,
  type LockedKey,
  wantedExpiry,
  wantedFields,
} from './policy/key-fields';
import { grantsRetired, mayChange, sameReserved } from './reserved-scopes';
import { forgetSealedSecrets } from './secret/sealed-secrets';
import { refuseUndoSwitch, type UndoRefusal } from './undo';

export type ChangeKeyResult =
  | { outcome: 'changed'; username: string; hint: string }
  | { outcome: 'gone' }
  /** Only an admin may do this to a key with scopes of Keydesk itself. See `mayChange`. */
  | { outcome: 'needs-admin' | 'reserved-scopes' }
  /** A scope would be granted that can no longer be granted. */
  | { outcome: 'retired-scopes' }
  | { outcome: 'bad-expiry'; message: string }
  /** The key was used in the last 24 hours, and its username was not typed. */
  | { outcome: 'needs-username'; username: string }
  /**
   * Everything but the status was changed. Switching off a key used in the last 24 hours is confirmed first.
   */
  | { outcome: 'still-on' };

/** Why a change was not made, or not completely; null if it was made. */
type Refusal = Exclude<ChangeKeyResult, { outcome: 'changed' | 'gone' }> | null;

/**
 * Switches a key on or off. Repeating it changes nothing and records no second event. With `undo` it only
 * takes back what this administrator just did to the key.
 */
export async function switchKey(
  administrator: Administrator,
  { id, active, undo = false }: { id: string; active: boolean; undo?: boolean },
): Promise<ChangeKeyResult | UndoRefusal> {
  return changeLockedKey<Refusal | UndoRefusal>(administrator, id, async (tx, by, key) => {
    const refusal =
      undo && key.active !== active ? await refuseUndoSwitch(tx, by, id, active) : null;
    return refusal ?? applySwitch(tx, by, key, active);
  });
}

/**
 * Changes name, status and limits of the key together, or nothing. A key in use stays on, because switching
 * it off requires a confirmation that shows its use. See {@link switchKey}.
 */
export async function changeKey(
  administrator: Administrator,
  input: ChangeKeyInput,
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, input.id, async (tx, by, key) => {
    const after = { scopes: input.scopes ?? key.scopes };
    const mayAll = mayChange(by, key, after);
    if (!mayAll && !sameReserved(key, after)) return { outcome: 'reserved-scopes' };
    if (grantsRetired(key, after)) return { outcome: 'retired-scopes' };
    const expiry = await wantedExpiry(tx, key, input);
    if (expiry.outcome !== 'fine') {
      if (!mayAll) return { outcome: 'needs-admin' };
      return { outcome: 'bad-expiry', message: expiryRefusal(expiry) };
    }
    const wanted = wantedFields(key, input, expiry.expiresAt);
    const { active = key.active } = input;
    if (!mayAll && !onlyDescribes(key, active, wanted)) return { outcome: 'needs-admin' };
    const asksFirst = key.active && key.usedLately && !active;
    const refusal = asksFirst ? null : await applySwitch(tx, by, key, active);
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
 * an undo, although no secret of a deleted key is valid. `typed` is the username, which is required to delete
 * a key in use.
 */
export async function deleteKey(
  administrator: Administrator,
  id: string,
  typed = '',
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, async (tx, by, key) => {
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    if (key.usedLately && !(await isSameUsername(tx, typed, key.username))) {
      return { outcome: 'needs-username', username: key.username };
    }
    await tx.update(apiKey).set({ deletedAt: sql`now()` }).where(eq(apiKey.id, id));
    await forgetSealedSecrets(tx, [id]);
    await recordEvent(tx, by, 'key.delete', keyTarget(key));
    return null;
  });
}

type Changed = Extract<ChangeKeyResult, { outcome: 'changed' | 'gone' }>;

async function changeLockedKey<Refused = Refusal>(
  administrator: Administrator,
  id: string,
  change: (tx: Queryable, by: Administrator, key: LockedKey) => Promise<Refused>,
): Promise<Changed | NonNullable<Refused>> {
  type Result = Promise<Changed | NonNullable<Refused>>;
  const lock = (tx: Queryable) => lockKey(tx, id);
  return changeAs(administrator, 'operator', lock, async (tx, by, key): Result => {
    if (!key) return { outcome: 'gone' };
    const refusal = await change(tx, by, key);
    if (refusal) return refusal;
    return { outcome: 'changed', username: key.username, hint: key.hint };
  });
}

async function applySwitch(
  tx: Queryable,
  by: Administrator,
  key: KeySummary,
  active: boolean,
): Promise<Refusal> {
  if (key.active === active) return null;
  if (!mayChange(by, key)) return { outcome: 'needs-admin' };
  await tx.update(apiKey).set({ active }).where(eq(apiKey.id, key.id));
  const action = active ? 'key.activate' : 'key.deactivate';
  await recordEvent(tx, by, action, keyTarget(key));
  return null;
}
