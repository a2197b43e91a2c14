import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { keyHint } from '@/lib/keys/key-summary';
import { deadAddress } from '@/lib/keys/use/dead-address';

export type DeadKey = {
  id: string;
  /** Whose it is or was; of a deleted user too. */
  username: string;
  /** Of the key's newest secret: of one that was replaced, no characters are kept. */
  hint: string;
  deleted: boolean;
  calls: number;
  /** The hour of the last call. */
  lastTried: Date;
  /** From where the last call came, as services told; empty where they told none, null where unknown. */
  lastAddress: string | null;
};

/** Days looked back. */
export const deadDays = 7;
/** Shown at most. */
export const mostDeadKeys = 20;
/** Hours of keys looked at, newest first: enough for every case but an attack with many dead keys. */
const mostRows = 10_000;

/**
 * Deleted keys and replaced secrets with which callers still come: each is a program that somebody
 * forgot, or a secret in wrong hands.
 */
export async function listDeadKeys(administrator: Administrator): Promise<DeadKey[]> {
  authorize(administrator, 'viewer');
  type Row = Omit<DeadKey, 'lastTried' | 'calls'> & { calls: string; last: number };
  const { rows } = await database().execute<Row>(sql`
    with late as materialized (
      select key_id, sum(count) as calls, max(hour) as last
      from (select key_id, hour, count from key_usage
        where code = 'NOT_FOUND' and hour > now() - make_interval(days => ${deadDays})
        order by hour desc limit ${mostRows}) newest
      group by key_id order by calls desc, key_id limit ${mostDeadKeys}
    )
    select api_key.id, o.username, api_key.deleted_at is not null as deleted, late.calls,
      ${keyHint} as hint, extract(epoch from late.last)::float8 as last,
      ${deadAddress(sql`late.last`)} as "lastAddress"
    from late join api_key on api_key.id = late.key_id
      join directory_user o on o.id = api_key.owner_id
    order by late.calls desc, api_key.id`);
  return rows.map(({ last, calls, ...row }) => ({
    ...row,
    calls: Number(calls),
    lastTried: new Date(last * 1_000),
  }));
}
