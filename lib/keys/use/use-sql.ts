import 'server-only';
import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { keyLastUse } from '@/db/schema/key-last-use';

/** Calls of a span that ends with the hour under way, as charts show it; also those refused. */
export type Calls = { calls: number; refused: number };

/**
 * The last hour that is no longer counted: calls are kept by whole hours, and 24 hours are the one under
 * way and the 23 before it, here as in charts and lists.
 */
export const beforeSpan = (text: string) =>
  sql.raw(`date_trunc('hour', now(), 'UTC') - interval '${text}'`);

/** When the key of this id was last used; null where it never was. A decoder is not asked about null. */
export const lastUseOf = (keyId: SQLWrapper): SQL<Date | null> =>
  sql`(select nullif(used_at, '-infinity') from ${keyLastUse}
    where ${keyLastUse.keyId} = ${keyId})`.mapWith(keyLastUse.usedAt);

/** Whether a key last used then counts as in use: taking it away would hurt somebody. */
export const usedLately = (lastUsedAt: SQLWrapper) =>
  sql<boolean>`coalesce(${lastUsedAt} > now() - interval '24 hours', false)`;

/** A moment as JSON holds it. */
export const moment = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** {@link Calls} of rows of `key_usage`. */
export const callsJson = (text: string) => sql`json_build_object(
  'calls', coalesce(sum(count) filter (where hour > ${beforeSpan(text)}), 0),
  'refused', coalesce(sum(count) filter (where hour > ${beforeSpan(text)} and code <> 'VALID'), 0))`;
