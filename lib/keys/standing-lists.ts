import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Filter } from '@/lib/lists/list';
import { endedUncollected } from './hand-over/ended-uncollected';
import { statusFilter } from './key-filters';
import type { StandingList } from './key-input';

/** What a list of the overview lets through; what is due of active keys is looked for among these alone. */
export function standingFilters(list: StandingList): Filter[] {
  if (list === 'ownerless') return [ownerless];
  if (list === 'uncollected') return [uncollected];
  return [{ 'never-used': neverUsed, unused, violating }[list], statusFilter('active')];
}

const ownerless: Filter = {
  where: sql`exists (select from directory_user o where o.id = t.owner_id and not o.active)`,
  candidates: sql`select t.* from directory_user o, lateral (
      select k.* from api_key k where k.owner_id = o.id and k.deleted_at is null offset 0
    ) t where not o.active and o.deleted_at is null`,
};

/**
 * The present secret, or the next one, was to be collected, and the link is over: its term, or the codes that
 * may be tried. They are few.
 */
const nobodyCollected = sql`(select k.id from hand_over h join api_key k on k.id = h.key_id
  where ${endedUncollected('h')} and k.deleted_at is null
    and k.secret_version = h.secret_version - h.replaces::int
    and (h.replaces or not k.active)
    and not exists (select from hand_over o where o.key_id = h.key_id and o.state = 'open'))`;

const uncollected: Filter = {
  where: sql`t.id in ${nobodyCollected}`,
  candidates: sql`select t.* from (select distinct id from ${nobodyCollected} n) h,
    lateral (select k.* from api_key k where k.id = h.id offset 0) t`,
};

const fresh = sql`now() - interval '30 days'`;
const long = sql`now() - interval '90 days'`;

const neverUsed = usedThen(
  (used) => sql`${used} = '-infinity'`,
  (created) => sql`${created} < ${fresh}`,
);
const unused = usedThen(
  (used) => sql`${used} > '-infinity' and ${used} < ${long}`,
  (created) => sql`${created} < ${long}`,
);

/** By the index of last uses, in its order; `offset 0` keeps the planner from reading all keys instead. */
function usedThen(used: (column: SQL) => SQL, created: (column: SQL) => SQL): Filter {
  return {
    where: sql`t.active and ${created(sql`t.created_at`)} and exists (
      select from key_last_use l where l.key_id = t.id and ${used(sql`l.used_at`)})`,
    candidates: sql`select t.* from (
        select key_id from key_last_use l where l.live and l.active
          and ${used(sql`l.used_at`)} and ${created(sql`l.created_at`)}
        order by l.used_at, l.created_at
      ) l, lateral (select k.* from api_key k where k.id = l.key_id offset 0) t`,
  };
}

/** The rule here; null where there is none, and then nothing breaks it. */
const rule = sql`(select make_interval(days => coalesce(longest_lifetime, 1000000)) from key_policy
  where expiry_required or longest_lifetime is not null)`;
const lifetime = sql`(t.expires_at - t.created_at)`;

/** Without an end where one is due, or with one too far from when the key was made. */
const violating: Filter = {
  where: sql`(${lifetime} > ${rule} or (${lifetime} is null and ${rule} is not null))`,
  candidates: sql`select t.* from (
      (select t.* from api_key t where t.deleted_at is null and t.active
        and ${lifetime} is null and ${rule} is not null)
      union all
      (select t.* from api_key t where t.deleted_at is null and t.active and ${lifetime} > ${rule})
    ) t`,
};

/** Where such keys begin in an order, so that a walk passes over none of the others before. */
export function standingBounds(list: StandingList, sort: string): SQL[] {
  const order = sort.replace(/^-/, '');
  if (list === 'never-used' && order === 'used') return [sql`t.used_at = '-infinity'`];
  if (list === 'unused' && order === 'used') {
    return [sql`t.used_at > '-infinity' and t.used_at < ${long}`];
  }
  if (list === 'never-used' && order === 'created') return [sql`t.created_at < ${fresh}`];
  if (list === 'unused' && order === 'created') return [sql`t.created_at < ${long}`];
  return [];
}
