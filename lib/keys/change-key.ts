import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { recordEvent } from '../audit/record-event';
import { type Administrator, authorize } from '../auth/administrator';
import { isSameUsername } from '../users/username';
import { keyTarget, lockKey } from './find-key';
import type { ChangeKeyInput } from './key-input';
import type { KeySummary } from './key-summary';
import { endOverlaps } from './overlap';
import { expiryRefusal } from './policy/expiry';
import { applyFields, type LockedKey, wantedExpiry, wantedFields } from './policy/key-fields';
import { mayGrant, mayIssue } from './reserved-scopes';
import { forgetSealedSecrets } from './sealed-secrets';

export type ChangeKeyResult =
  | { outcome: 'changed'; username: string; hint: string }
  | { outcome: 'gone' }
  /** Only an admin may do this to a key with scopes of Keydesk itself. */
  | { outcome: 'needs-admin' | 'reserved-scopes' }
  | { outcome: 'bad-expiry'; message: string }
  /** The key was used in the last 24 hours, and its username was not typed. */
  | { outcome: 'needs-username'; username: string }
  /** All but its status is changed: switching off a key used in the last 24 hours is asked about first. */
  | { outcome: 'still-on' };

/** Why a change was not made, or not as a whole; null where it was made. */
type Refusal = Exclude<ChangeKeyResult, { outcome: 'changed' | 'gone' }> | null;

/** Switches a key on or off. Repeating it is harmless and leaves no second event. */
export async function switchKey(
  administrator: Administrator,
  { id, active }: { id: string; active: boolean },
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, (tx, key) =>
    applySwitch(tx, administrator, key, active),
  );
}

/**
 * Changes name, status and what limits the key together, or nothing; but a key in use stays on, until
 * whoever wants it off was asked with its use before their eyes: {@link switchKey}.
 */
export async function changeKey(
  administrator: Administrator,
  input: ChangeKeyInput,
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, input.id, async (tx, key) => {
    const scopes = input.scopes ?? key.scopes;
    if (!mayGrant(administrator, key.scopes, scopes)) return { outcome: 'reserved-scopes' };
    const expiry = await wantedExpiry(tx, key, input);
    if (expiry.outcome !== 'fine') {
      return { outcome: 'bad-expiry', message: expiryRefusal(expiry) };
    }
    const asksFirst = key.active && key.usedLately && !input.active;
    const refusal = asksFirst ? null : await applySwitch(tx, administrator, key, input.active);
    if (refusal) return refusal;
    const wanted = wantedFields(key, input, expiry.expiresAt);
    await applyFields(tx, administrator, key, wanted);
    return asksFirst ? { outcome: 'still-on' } : null;
  });
}

/**
 * Deletes a key; its MAC stays, so that late callers can be traced to it. `typed` is the username that
 * whoever deletes a key in use must know.
 */
export async function deleteKey(
  administrator: Administrator,
  id: string,
  typed = '',
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, async (tx, key) => {
    if (key.usedLately && !(await isSameUsername(tx, typed, key.username))) {
      return { outcome: 'needs-username', username: key.username };
    }
    await tx.update(apiKey).set({ deletedAt: sql`now()` }).where(eq(apiKey.id, id));
    await forgetSealedSecrets(tx, [id]);
    await endOverlaps(tx, [id]);
    await recordEvent(tx, administrator, 'key.delete', keyTarget(key));
    return null;
  });
}

async function changeLockedKey(
  administrator: Administrator,
  id: string,
  change: (tx: Queryable, key: LockedKey) => Promise<Refusal>,
): Promise<ChangeKeyResult> {
  authorize(administrator, 'operator');
  return database().transaction(async (tx): Promise<ChangeKeyResult> => {
    const key = await lockKey(tx, id);
    if (!key) return { outcome: 'gone' };
    const refusal = await change(tx, key);
    if (refusal) return refusal;
    return { outcome: 'changed', username: key.username, hint: key.hint };
  });
}

async function applySwitch(
  tx: Queryable,
  administrator: Administrator,
  key: KeySummary,
  active: boolean,
): Promise<Refusal> {
  if (key.active === active) return null;
  if (active && !mayIssue(administrator, key.scopes)) return { outcome: 'needs-admin' };
  await tx.update(apiKey).set({ active }).where(eq(apiKey.id, key.id));
  const action = active ? 'key.activate' : 'key.deactivate';
  await recordEvent(tx, administrator, action, keyTarget(key));
  return null;
}
