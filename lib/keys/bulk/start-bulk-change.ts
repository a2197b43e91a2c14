import 'server-only';
import { sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { bulkChange, bulkChangeKey } from '@/db/schema/bulk-change';
import type { Administrator } from '../../auth/administrator';
import { changeAs, nothing } from '../../auth/change-as';
import { findKeyFilter } from '../key-filter';
import { mostKeys, type StartBulkInput } from './bulk-input';

export type StartBulkResult =
  | { outcome: 'started'; id: string }
  | { outcome: 'nothing-selected' | 'too-many' };

/** Writes down what is asked for which keys, and changes none of them. */
export async function startBulkChange(
  administrator: Administrator,
  input: StartBulkInput,
): Promise<StartBulkResult> {
  return changeAs(administrator, 'operator', nothing, async (tx): Promise<StartBulkResult> => {
    await tx.execute(sql`delete from ${bulkChange} where created_at < now() - interval '7 days'`);
    const ids = await chosenKeys(tx, input);
    if (ids.length === 0) return { outcome: 'nothing-selected' };
    if (ids.length > mostKeys) return { outcome: 'too-many' };
    const id = uuidv7();
    await tx
      .insert(bulkChange)
      .values({ id, administratorId: administrator.id, verb: input.verb, total: ids.length });
    await tx.execute(sql`
      insert into ${bulkChangeKey} (bulk_id, position, key_id)
      select ${id}::uuid, number, key_id
      from unnest(${sql.param(ids)}::uuid[]) with ordinality as chosen (key_id, number)`);
    return { outcome: 'started', id };
  });
}

/** In the order of their ids, in which they will be locked. What is no key is nobody's choice. */
async function chosenKeys(tx: Queryable, { all, key, username, status }: StartBulkInput) {
  if (!all && key.length === 0) return [];
  const filter = all
    ? await findKeyFilter({ username, status })
    : sql`api_key.id = any(${sql.param(key)}::uuid[])`;
  const { rows } = await tx.execute<{ id: string }>(sql`
    select api_key.id from api_key join directory_user on directory_user.id = api_key.owner_id
    where ${filter} and api_key.deleted_at is null
    limit ${mostKeys + 1}`);
  return rows.map(({ id }) => id).sort();
}
