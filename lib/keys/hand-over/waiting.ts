import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** A condition on hand-overs: the key is new, and nobody has collected it yet. By the database's clock. */
const waits = sql`w.state = 'open' and not w.replaces and w.expires_at > now()`;

/** Whether the key with this id is new and was not collected yet. A waiting key is switched off. */
export const isWaiting = (keyId: SQL): SQL<boolean> =>
  sql`exists (select from hand_over w where w.key_id = ${keyId} and ${waits})`;

/**
 * The keys that wait: few, so that a list of all other keys can leave them out while it walks along its own
 * index.
 */
export const waitingKeys = sql`(select w.key_id from hand_over w where ${waits})`;

/** Which of these locked keys wait. It must be a statement of its own, because the locks may have waited. */
export async function findWaiting(tx: Queryable, keyIds: string[]): Promise<Set<string>> {
  if (keyIds.length === 0) return new Set();
  const { rows } = await tx.execute<{ id: string }>(sql`
    select w.key_id as id from hand_over w
    where w.key_id = any(${sql.param(keyIds)}::uuid[]) and ${waits}`);
  return new Set(rows.map(({ id }) => id));
}
