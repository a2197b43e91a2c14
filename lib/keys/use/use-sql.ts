import 'server-only';
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { keyLastUse } from '@/db/schema/key-last-use';

/** Calls of a span that ends with the current hour, as in charts. Includes refused calls. */
export type Calls = { calls: number; refused: number };

/**
 * The last hour that is not counted. Calls are stored by whole hours. 24 hours are the current one and the 23
 * before it, as in charts and lists.
 */
export const beforeSpan = (text: string) =>
  sql.raw(`date_trunc('hour', now(), 'UTC') - interval '${text}'`);

/** When the key was last used; null if never. Drizzle does not decode null. */
export const lastUseOf = (keyId: SQLWrapper): SQL<Date | null> =>
  sql`(select nullif(used_at, '-infinity') from ${keyLastUse}
    where ${keyLastUse.keyId} = ${keyId})`.mapWith(keyLastUse.usedAt);

/** Whether a key last used at that time counts as in use. */
export const usedLately = (lastUsedAt: SQLWrapper) =>
  sql<boolean>`coalesce(${lastUsedAt} > now() - interval '24 hours', false)`;

/** A moment as JSON holds it. */
export const moment = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** {@link Calls} from rows of `key_usage`. */
export const callsJson = (text: string) => sql`json_build_object(
  'calls', coalesce(sum(count) filter (where hour > ${beforeSpan(text)}), 0),
  'refused', coalesce(sum(count) filter (where hour > ${beforeSpan(text)} and code <> 'VALID'), 0))`;
