import { randomUUID } from 'node:crypto';
import { pagePool } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { createKey } from '@/lib/keys/create-key';
import type { NewKey } from '@/lib/keys/key-input';

/** The fields of the form "Add New API Key" if only the user is typed. */
export function keyRequest(user: string, more: Partial<NewKey> = {}): NewKey {
  return {
    requestId: randomUUID(),
    user,
    active: true,
    name: '',
    scopes: [],
    revealable: false,
    expires: null,
    allowedAddresses: [],
    rateLimit: null,
    rateWindow: 60,
    metadata: null,
    ...more,
  };
}

/** Makes a key, and fails if it was not made. */
export async function makeKey(by: Administrator, user: string, more: Partial<NewKey> = {}) {
  const result = await createKey(by, keyRequest(user, more));
  if (result.outcome !== 'created') throw new Error(`The key was not made: ${result.outcome}`);
  return result;
}

export async function countRows(table: string, where = 'true'): Promise<number> {
  const { rows } = await pagePool().query(`select count(*)::int as n from ${table} where ${where}`);
  return rows[0].n;
}

/** The audit events of one record, oldest first. */
export async function auditOf(targetId: string): Promise<string[]> {
  const { rows } = await pagePool().query(
    'select action from audit_event where target_id = $1 order by seq',
    [targetId],
  );
  return rows.map((row) => row.action);
}
