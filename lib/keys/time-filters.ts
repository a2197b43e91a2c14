import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Filter } from '@/lib/lists/list';

/** Filters by moments, as the management API offers them. */
export type TimeFilters = {
  /** Keys that expire, or expired, before this moment. */
  expiresBefore?: Date | undefined;
  /** Keys that were made before this moment and not used since, or never. */
  unusedSince?: Date | undefined;
};

const expiry = sql`coalesce(t.expires_at, 'infinity')`;

export function timeFilters({ expiresBefore, unusedSince }: TimeFilters): Filter[] {
  return [
    ...(expiresBefore ? [expiring(expiresBefore)] : []),
    ...(unusedSince ? [unused(unusedSince)] : []),
  ];
}

/** In the order of its index, so that PostgreSQL reads the index. */
function expiring(before: Date): Filter {
  const where = sql`${expiry} < ${moment(before)}`;
  return {
    where,
    candidates: sql`select t.* from api_key t where t.deleted_at is null and ${where}
      order by ${expiry}, t.id`,
  };
}

/** By the index of last uses, in its order. `offset 0` keeps the planner from reading all keys instead. */
function unused(since: Date): Filter {
  const old = (columns: SQL) => sql`${columns}.created_at < ${moment(since)}`;
  const idle = sql`l.used_at < ${moment(since)}`;
  return {
    where: sql`${old(sql`t`)} and exists (
      select from key_last_use l where l.key_id = t.id and ${idle})`,
    candidates: sql`select t.* from (
        select key_id from key_last_use l where l.live and ${idle} and ${old(sql`l`)}
        order by l.used_at, l.key_id
      ) l, lateral (select k.* from api_key k where k.id = l.key_id offset 0) t`,
  };
}

const moment = (date: Date) => sql`${date.toISOString()}::timestamptz`;

/** Where such keys begin in an order, so that a walk passes over none of the others before. */
export function timeBounds({ expiresBefore, unusedSince }: TimeFilters, sort: string): SQL[] {
  const order = sort.replace(/^-/, '');
  return [
    ...(expiresBefore && order === 'expires' ? [sql`${expiry} < ${moment(expiresBefore)}`] : []),
    ...(unusedSince && order === 'used' ? [sql`t.used_at < ${moment(unusedSince)}`] : []),
    ...(unusedSince && order === 'created' ? [sql`t.created_at < ${moment(unusedSince)}`] : []),
  ];
}
