import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { recordEvent } from '../audit/record-event';
import { type Administrator, authorize } from '../auth/administrator';
import { keyTarget, lockKey } from './find-key';
import type { ChangeKeyInput } from './key-input';
import type { KeySummary } from './key-summary';
import { mayGrant, mayIssue } from './reserved-scopes';
import { forgetSealedSecrets } from './sealed-secrets';

export type ChangeKeyResult =
  | { outcome: 'changed'; username: string; hint: string }
  | { outcome: 'gone' }
  /** Only an admin may do this to a key with scopes of Keydesk itself. */
  | { outcome: 'needs-admin' | 'reserved-scopes' };

/** Why a change must not be made; null where it was made. */
type Refusal = Extract<ChangeKeyResult['outcome'], 'needs-admin' | 'reserved-scopes'> | null;

/** Switches a key on or off. Repeating it is harmless and leaves no second event. */
export async function switchKey(
  administrator: Administrator,
  { id, active }: { id: string; active: boolean },
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, (tx, key) =>
    applySwitch(tx, administrator, key, active),
  );
}

/** Changes name, scopes and status together, or nothing. */
export async function changeKey(
  administrator: Administrator,
  { id, active, name, scopes }: ChangeKeyInput,
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, async (tx, key) => {
    const wanted = { name, scopes: scopes ?? key.scopes };
    if (!mayGrant(administrator, key.scopes, wanted.scopes)) return 'reserved-scopes';
    const refusal = await applySwitch(tx, administrator, key, active);
    if (refusal === null) await applyFields(tx, administrator, key, wanted);
    return refusal;
  });
}

/** Deletes a key; its MAC stays, so that late callers can be traced to it. */
export async function deleteKey(
  administrator: Administrator,
  id: string,
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, async (tx, key) => {
    await tx.update(apiKey).set({ deletedAt: sql`now()` }).where(eq(apiKey.id, id));
    await forgetSealedSecrets(tx, [id]);
    await recordEvent(tx, administrator, 'key.delete', keyTarget(key));
    return null;
  });
}

async function changeLockedKey(
  administrator: Administrator,
  id: string,
  change: (tx: Queryable, key: KeySummary) => Promise<Refusal>,
): Promise<ChangeKeyResult> {
  authorize(administrator, 'operator');
  return database().transaction(async (tx): Promise<ChangeKeyResult> => {
    const key = await lockKey(tx, id);
    if (!key) return { outcome: 'gone' };
    const refusal = await change(tx, key);
    if (refusal) return { outcome: refusal };
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
  if (active && !mayIssue(administrator, key.scopes)) return 'needs-admin';
  await tx.update(apiKey).set({ active }).where(eq(apiKey.id, key.id));
  const action = active ? 'key.activate' : 'key.deactivate';
  await recordEvent(tx, administrator, action, keyTarget(key));
  return null;
}

async function applyFields(
  tx: Queryable,
  administrator: Administrator,
  key: KeySummary,
  wanted: { name: string; scopes: string[] },
) {
  const details = {
    ...changed('name', key.name, wanted.name),
    ...changed('scopes', key.scopes.join(' '), wanted.scopes.join(' ')),
  };
  if (Object.keys(details).length === 0) return;
  await tx.update(apiKey).set(wanted).where(eq(apiKey.id, key.id));
  await recordEvent(tx, administrator, 'key.update', keyTarget(key), { details });
}

const changed = (field: string, from: string, to: string) =>
  from === to ? {} : { [field]: { from, to } };
