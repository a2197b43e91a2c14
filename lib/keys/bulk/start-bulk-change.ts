import 'server-only';
import { and, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { bulkChange, bulkChangeKey } from '@/db/schema/bulk-change';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs, nothing } from '@/lib/access/change-as';
import { orTooSlow } from '@/lib/lists/too-slow';
import { firstIds } from '@/lib/lists/whole';
import { findBeginnings, keyList } from '../key-list';
import { mostKeys, type StartBulkInput } from './bulk-input';

export type StartBulkResult =
  | { outcome: 'started'; id: string }
  | { outcome: 'nothing-selected' | 'too-many' | 'too-slow' };

/** Records the verb and the keys, and changes no key yet. */
export async function startBulkChange(
  administrator: Administrator,
  input: StartBulkInput,
): Promise<StartBulkResult> {
  authorize(administrator, 'operator');
  const ids = await orTooSlow(chosenKeys(input));
  if (ids === 'too-slow') return { outcome: 'too-slow' };
  if (ids.length === 0) return { outcome: 'nothing-selected' };
  if (ids.length > mostKeys) return { outcome: 'too-many' };
  const id = uuidv7();
  await changeAs(administrator, 'operator', nothing, async (tx) => {
    await tx.execute(sql`delete from ${bulkChange} where created_at < now() - interval '7 days'`);
    await tx
      .insert(bulkChange)
      .values({ id, administratorId: administrator.id, verb: input.verb, total: ids.length });
    await tx.execute(sql`
      insert into ${bulkChangeKey} (bulk_id, position, key_id)
      select ${id}::uuid, number, key_id
      from unnest(${sql.param(ids)}::uuid[]) with ordinality as chosen (key_id, number)`);
  });
  return { outcome: 'started', id };
}

/** In the order of ids, in which keys are locked. Ids of no live key are dropped. */
async function chosenKeys(input: StartBulkInput): Promise<string[]> {
  const ids = input.all ? await allFound(input) : await liveAmong(input.key);
  return ids.sort();
}

/** The keys that the report finds with the same filter. */
async function allFound(input: StartBulkInput): Promise<string[]> {
  const { username, q, status, owner, list } = input;
  const filter = { username, q, status, owner, list };
  return firstIds(keyList(filter, await findBeginnings(filter)), mostKeys + 1);
}

async function liveAmong(ids: string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  const rows = await database()
    .select({ id: apiKey.id })
    .from(apiKey)
    .where(and(sql`${apiKey.id} = any(${sql.param(ids)}::uuid[])`, isNull(apiKey.deletedAt)));
  return rows.map(({ id }) => id);
}
