import 'server-only';
import { type SQLWrapper, sql } from 'drizzle-orm';
import { keyLastUse } from '@/db/schema/key-last-use';

/** Whole hours, so that no call of the last 24 hours or 7 days is missing; also those refused. */
export type Calls = { calls: number; refused: number };

/** The hour before which nothing is counted. */
export const isLate = (text: string) => sql.raw(`now() - interval '${text}' - interval '1 hour'`);

/** When the key of this id was last used; null where it never was. */
export const lastUseOf = (keyId: SQLWrapper) =>
  sql<Date | null>`(select nullif(used_at, '-infinity') from ${keyLastUse}
    where ${keyLastUse.keyId} = ${keyId})`.mapWith(keyLastUse.usedAt);

/** Whether a key last used then counts as in use: taking it away would hurt somebody. */
export const usedLately = (lastUsedAt: SQLWrapper) =>
  sql<boolean>`coalesce(${lastUsedAt} > now() - interval '24 hours', false)`;

/** A moment as JSON holds it. */
export const moment = (column: string) =>
  sql.raw(`to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`);

/** {@link Calls} of rows of `key_usage`. */
export const callsJson = (text: string) => sql`json_build_object(
  'calls', coalesce(sum(count) filter (where hour > ${isLate(text)}), 0),
  'refused', coalesce(sum(count) filter (where hour > ${isLate(text)} and code <> 'VALID'), 0))`;
