import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/** The clock of the database. Tests pass another one. */
export const databaseClock = sql`now()`;

/**
 * The active keys whose end is near, with the step that they have reached: the smallest of the policy's days
 * that is not below the days left. Days are calendar days in UTC.
 */
export const expiringSoon = (noticeDays: number[], clock: SQL = databaseClock) => sql`
  select soon.*, step.days from (
    select k.id, k.owner_id, k.expires_at,
      (k.expires_at at time zone 'UTC')::date - (${clock} at time zone 'UTC')::date as days_left
    from api_key k join directory_user o on o.id = k.owner_id
    where k.deleted_at is null and k.active and o.active
      and k.expires_at > ${clock} and k.expires_at < ${clock} + interval '32 days') soon
  join lateral (
    select min(day) as days from unnest(${sql.param(noticeDays)}::int[]) as policy (day)
    where day >= soon.days_left) step on step.days is not null`;
