import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { recordEvent } from '../audit/record-event';
import { type Administrator, authorize } from '../auth/administrator';
import { keyTarget, lockKey } from './find-key';
import type { ChangeKeyInput } from './key-input';
import type { KeySummary } from './key-summary';

export type ChangeKeyResult =
  | { outcome: 'changed'; username: string; hint: string }
  | { outcome: 'gone' };

/** Switches a key on or off. Repeating it is harmless and leaves no second event. */
export async function switchKey(
  administrator: Administrator,
  { id, active }: { id: string; active: boolean },
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, async (tx, key) => {
    await applySwitch(tx, administrator, key, active);
  });
}

/** Changes name and status together. */
export async function changeKey(
  administrator: Administrator,
  { id, active, name }: ChangeKeyInput,
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, async (tx, key) => {
    if (name !== key.name) await tx.update(apiKey).set({ name }).where(eq(apiKey.id, key.id));
    await applySwitch(tx, administrator, key, active);
    if (name === key.name) return;
    await recordEvent(tx, administrator, 'key.update', keyTarget(key), {
      details: { name: { from: key.name, to: name } },
    });
  });
}

/** Deletes a key; its MAC stays, so that late callers can be traced to it. */
export async function deleteKey(
  administrator: Administrator,
  id: string,
): Promise<ChangeKeyResult> {
  return changeLockedKey(administrator, id, async (tx, key) => {
    await tx.update(apiKey).set({ deletedAt: sql`now()` }).where(eq(apiKey.id, id));
    await recordEvent(tx, administrator, 'key.delete', keyTarget(key));
  });
}

async function changeLockedKey(
  administrator: Administrator,
  id: string,
  change: (tx: Queryable, key: KeySummary) => Promise<void>,
): Promise<ChangeKeyResult> {
  authorize(administrator, 'operator');
  return database().transaction(async (tx): Promise<ChangeKeyResult> => {
    const key = await lockKey(tx, id);
    if (!key) return { outcome: 'gone' };
    await change(tx, key);
    return { outcome: 'changed', username: key.username, hint: key.hint };
  });
}

async function applySwitch(
  tx: Queryable,
  administrator: Administrator,
  key: KeySummary,
  active: boolean,
) {
  if (key.active === active) return;
  await tx.update(apiKey).set({ active }).where(eq(apiKey.id, key.id));
  const action = active ? 'key.activate' : 'key.deactivate';
  await recordEvent(tx, administrator, action, keyTarget(key));
}
