import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { isServiceKeySql } from '@/lib/keys/reserved-scopes';
import { toldPerson } from '@/lib/keys/told-person';
import { areOwnersTold } from './due-keys';
import { findIdleRule } from './idle-rule';
import { dayStart, daysLong, idleTables, isRuled, stopDay, utcDay } from './idle-sql';
import { mostADay } from './most-a-day';
import { idleNoticeDays } from './tell-owners-of-idle';

export type IdlePreview = {
  days: number;
  /** Keys that nobody has used for so long already, and all that the rule is about. */
  unused: number;
  ruled: number;
  /** Active keys, and of those the service keys, which are left alone. */
  active: number;
  serviceKeys: number;
  /** How many may be switched off in one day without asking. */
  allowed: number;
  /** Owners of the unused keys, and those of them who cannot be told. Null where nobody is told. */
  unreached: number | null;
  /** The first day in UTC on which keys are switched off, and those on which their owners are told. */
  firstDay: string;
  noticeDays: string[];
};

/** What turning the rule on now, with so many days, would do to the keys as they are used today. */
export async function previewIdleRule(
  administrator: Administrator,
  days: number,
): Promise<IdlePreview> {
  authorize(administrator, 'admin');
  const long = sql`now() - ${daysLong(days)}`;
  const areTold = await areOwnersTold(database());
  const { rows } = await database().execute<
    Omit<IdlePreview, 'days' | 'allowed' | 'noticeDays'>
  >(sql`
    with ruled as materialized (
      select l.used_at < ${long} and l.created_at < ${long} as unused,
        ${areTold} and not exists (select from ${toldPerson}) as unreached, api_key.owner_id
      from ${idleTables} where ${isRuled()}
    )
    select count(*) filter (where unused)::int as unused, count(*)::int as ruled,
      (select count(*)::int from api_key where deleted_at is null and active
        and coalesce(expires_at, 'infinity') > now()) as active,
      (select count(*)::int from api_key where deleted_at is null and active
        and coalesce(expires_at, 'infinity') > now() and ${isServiceKeySql}) as "serviceKeys",
      case when ${areTold} then
        count(distinct owner_id) filter (where unused and unreached)::int end as unreached,
      (${utcDay(sql`now() + ${daysLong(days)}`)} + 1)::text as "firstDay"
    from ruled`);
  const [counted] = rows;
  if (!counted) throw new Error('Counts of no rows are missing.');
  const before = (some: number) => daysBefore(counted.firstDay, some);
  return {
    ...{ days, ...counted, allowed: mostADay(counted.active) },
    noticeDays: idleNoticeDays.map(before),
  };
}

function daysBefore(day: string, days: number): string {
  return new Date(Date.parse(day) - days * 86_400_000).toISOString().slice(0, 10);
}

export type StopDay = { day: string; keys: number };

/** Days shown of the time ahead. */
const mostDays = 10;

/** The next days on which keys are switched off if they stay unused, the nearest first. */
export async function listStopDays(administrator: Administrator): Promise<StopDay[]> {
  authorize(administrator, 'admin');
  const rule = await findIdleRule();
  if (!rule) return [];
  const today = utcDay(sql`now()`);
  // Keys that were used today are not news.
  const ahead = dayStart(today);
  const { rows } = await database().execute<StopDay>(sql`
    select day::text, count(*)::int as keys from (
      select greatest(${stopDay(rule)}, ${today}) as day from ${idleTables}
      where ${isRuled()} and l.used_at < ${ahead} and l.created_at < ${ahead}) stops
    group by day order by day limit ${mostDays}`);
  return rows;
}
