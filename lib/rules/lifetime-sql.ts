import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { isServiceKeySql } from '@/lib/keys/reserved-scopes';
import { daysLong } from './idle-sql';

/** When a key ends under the maximum lifetime: so many days after it was made, but never before the date. */
export const shortenedEnd = (days: number, grace: SQL) =>
  sql`greatest(${grace}, api_key.created_at + ${daysLong(days)})`;

/**
 * Keys without an end, or with a later one. An end is never moved further away. Service keys are left alone: a
 * day on which all of them end is a day without verification.
 */
export const livesTooLong = (days: number, grace: SQL) => sql`api_key.deleted_at is null
  and not ${isServiceKeySql}
  and coalesce(api_key.expires_at, 'infinity') > ${shortenedEnd(days, grace)}`;

/** The first moment of a day in UTC, given as `2027-03-01`. */
export const momentOf = (day: string) => sql`${`${day}T00:00:00Z`}::timestamptz`;
