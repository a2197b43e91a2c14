import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { toldPerson } from '@/lib/keys/told-person';
import { isMailOn } from '@/lib/settings/is-mail-on';
import {
  dayStart,
  daysLong,
  type IdleRule,
  idleTables,
  isRuled,
  isUnusedBefore,
  unusedSince,
  utcDay,
} from './idle-sql';

/**
 * Hours of a day before its keys are switched off. Uses are gathered in memory and written within minutes, so
 * by then every use before that day is known, on all instances.
 */
const hoursToSettle = 1;

/** The day whose keys are switched off now. It begins a little later than the calendar's. */
export const ruleDay = (clock: SQL) =>
  utcDay(sql`${clock} - make_interval(hours => ${hoursToSettle})`);

/** Whether owners get mails about their keys at all. */
export async function areOwnersTold(tx: Queryable): Promise<boolean> {
  return isMailOn() && (await findKeyPolicy(tx)).tellOwners;
}

/**
 * A condition: the day of the key has come. Where owners are told, each was told on an earlier day, however
 * long Keydesk was away; only where nobody can be told is nobody waited for.
 */
export function isDue(rule: IdleRule, areTold: boolean, clock: SQL): SQL {
  const today = ruleDay(clock);
  const due = sql`${isRuled(clock)}
    and ${isUnusedBefore(sql`(${dayStart(today)} - ${daysLong(rule.days)})`, rule.since)}`;
  if (!areTold) return due;
  return sql`${due} and (not exists (select from ${toldPerson}) or exists (
    select from idle_notice n where n.key_id = api_key.id and n.days = 1
      and n.unused_since = ${unusedSince(rule.since)} and n.day < ${today}))`;
}

export async function countDue(tx: Queryable, due: SQL): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(
    sql`select count(*)::int as count from ${idleTables} where ${due}`,
  );
  return rows[0]?.count ?? 0;
}

/** Keys with the status Active, service keys as well. */
export async function countActive(tx: Queryable, clock: SQL): Promise<number> {
  const { rows } = await tx.execute<{ count: number }>(sql`
    select count(*)::int as count from api_key where deleted_at is null and active
      and coalesce(expires_at, 'infinity') > ${clock}`);
  return rows[0]?.count ?? 0;
}
