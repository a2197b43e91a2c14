import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { mostKeys } from '@/lib/keys/bulk/bulk-input';
import { expiringDays } from '@/lib/keys/key-input';
import type { KeySummary } from '@/lib/keys/key-summary';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { readSummaries } from '@/lib/keys/read-summaries';
import { type KeyListName, mostListed } from './key-list-input';

/** The first keys of a list, and how many it has: one more than a bulk change holds means more. */
export type KeyList = { rows: KeySummary[]; total: number };

/** Each walks an index in its order and stops at its limit. */
const lists: Record<KeyListName, (tx: Queryable, limit: number) => Promise<SQL | null>> = {
  'never-used': async (_tx, limit) => sql`
    select key_id as id from key_last_use where live and active and used_at = '-infinity'
      and created_at < now() - interval '30 days'
    order by used_at, created_at limit ${limit}`,
  unused: async (_tx, limit) => sql`
    select key_id as id from key_last_use where live and active and used_at > '-infinity'
      and used_at < now() - interval '90 days'
    order by used_at, created_at limit ${limit}`,
  expiring: async (_tx, limit) => sql`
    select id from api_key where deleted_at is null and active
      and expires_at > now() and expires_at <= now() + make_interval(days => ${expiringDays})
    order by expires_at limit ${limit}`,
  violating,
  ownerless: async (_tx, limit) => sql`
    select k.id from directory_user o join api_key k on k.owner_id = o.id
    where not o.active and o.deleted_at is null and k.deleted_at is null
    order by o.id limit ${limit}`,
};

/** Without an end where one is due, or with one too far from when the key was made. */
async function violating(tx: Queryable, limit: number): Promise<SQL | null> {
  const { expiryRequired, longestLifetime } = await findKeyPolicy(tx);
  if (!expiryRequired && longestLifetime === null) return null;
  return sql`
    (select id from api_key where deleted_at is null and active
       and (expires_at - created_at) is null limit ${limit})
    union all
    (select id from api_key where deleted_at is null and active
       and (expires_at - created_at) > make_interval(days => ${longestLifetime ?? 1_000_000}::int)
     order by (expires_at - created_at) desc limit ${limit})
    limit ${limit}`;
}

export async function findKeyList(
  administrator: Administrator,
  name: KeyListName,
): Promise<KeyList> {
  authorize(administrator, 'viewer');
  const found = await lists[name](database(), mostKeys + 1);
  if (!found) return { rows: [], total: 0 };
  const { rows } = await database().execute<{ total: string; ids: string[] }>(sql`
    with found as materialized (${found})
    select (select count(*) from found) as total,
      array(select id from found limit ${mostListed}) as ids`);
  const ids = rows[0]?.ids ?? [];
  return { rows: await summariesOf(ids), total: Number(rows[0]?.total) };
}

/** All keys of a list, as many as one bulk change holds. */
export async function idsOfKeyList(
  administrator: Administrator,
  name: KeyListName,
): Promise<string[]> {
  authorize(administrator, 'operator');
  const found = await lists[name](database(), mostKeys);
  if (!found) return [];
  const { rows } = await database().execute<{ id: string }>(found);
  return rows.map(({ id }) => id);
}

async function summariesOf(ids: string[]): Promise<KeySummary[]> {
  if (ids.length === 0) return [];
  const rows = await readSummaries(ids);
  return rows.sort((one, other) => ids.indexOf(one.id) - ids.indexOf(other.id));
}
