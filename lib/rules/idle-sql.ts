import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { isServiceKeySql } from '@/lib/keys/reserved-scopes';

/** The clock of the database. Tests pass another one. */
export const databaseClock = sql`now()`;

/** The rule as the policy has it. */
export type IdleRule = { days: number; since: Date };

export const utcDay = (moment: SQL) => sql`((${moment}) at time zone 'UTC')::date`;

/** The first moment of a day in UTC. */
export const dayStart = (day: SQL) => sql`(${day}::timestamp at time zone 'UTC')`;

/** Counted in hours, because a day of the session's time zone need not have 24. */
export const daysLong = (days: number) => sql`make_interval(hours => ${days * 24}::int)`;

/** What the conditions below are about. */
export const idleTables = sql`key_last_use l join api_key on api_key.id = l.key_id
  join directory_user o on o.id = api_key.owner_id`;

/**
 * Since when a key is unused. Whatever shows that somebody wants it counts as a use: a new secret, switching it
 * on, another owner. What was so before the rule was turned on is forgiven.
 */
export const unusedSince = (since: Date) => sql`greatest(l.used_at, api_key.created_at,
  api_key.secret_created_at, api_key.revived_at, o.enabled_at,
  ${since.toISOString()}::timestamptz)`;

/** The day in UTC on which a key is switched off: the first that begins after so many whole days. */
export const stopDay = ({ days, since }: IdleRule) =>
  sql`(${utcDay(sql`${unusedSince(since)} + ${daysLong(days)}`)} + 1)`;

/**
 * The keys that the rule is about: those that work, except service keys, without which nothing is verified any
 * more. A key whose new secret waits to be collected is left alone until that is over.
 */
export const isRuled = (clock: SQL = databaseClock) => sql`l.live and l.active
  and api_key.active and api_key.deleted_at is null
  and (api_key.expires_at is null or api_key.expires_at > ${clock})
  and o.active and o.deleted_at is null and not ${isServiceKeySql}
  and not exists (select from hand_over h where h.key_id = api_key.id and h.state = 'open')`;

/**
 * Whether a key is unused since before this moment. Says first what needs no row, and then what the index of
 * last uses holds, so that keys in use are not looked at.
 */
export const isUnusedBefore = (moment: SQL, since: Date) => sql`
  ${since.toISOString()}::timestamptz < ${moment} and l.used_at < ${moment}
  and l.created_at < ${moment} and ${unusedSince(since)} < ${moment}`;
