import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Filter, List, Stretch } from '../paging/list';
import { beyond } from '../paging/order';
import { countLive } from '../paging/row-count';
import { nameBegins, nameContains } from '../users/username';
import type { KeyListParams, StatusFilter } from './key-input';
import { keyOrder, statusBounds, statusTerms } from './key-orders';

export type KeyFilters = Pick<KeyListParams, 'username' | 'status' | 'sort'>;

/** The report under these filters, as paging wants it. */
export function keyList(
  { username, status, sort = '-created' }: KeyFilters,
  beginning: boolean,
): List {
  const text = username ? usernameFilter(username, beginning) : null;
  const bounds = [
    ...(status ? statusBounds(sort, status) : []),
    ...(text && beginning && sort.endsWith('username') ? [text.where] : []),
  ];
  return {
    table: sql`api_key`,
    live: sql`t.deleted_at is null`,
    id: sql`t.id`,
    filters: [...(text ? [text] : []), ...(status ? [statusFilter(status)] : [])],
    order: keyOrder(sort),
    covered: sort.endsWith('created'),
    ...(sort.endsWith('used') ? byUse : {}),
    countLive: () => countLive('api_key'),
    bounds,
    detour:
      text && !beginning && sort.endsWith('username') ? throughUsers(username, status) : undefined,
  };
}

/** An outer join: where nothing of the keys is asked for, PostgreSQL leaves them out. */
const byUse: Pick<List, 'walked' | 'placed'> = {
  walked: sql`select l.key_id as id, l.used_at, k.owner_folded, k.active, k.expires_at
    from key_last_use l left join api_key k on k.id = l.key_id where l.live`,
  placed: (candidates) => sql`select c.*, l.used_at
    from (${candidates}) c join key_last_use l on l.key_id = c.id`,
};

/** Of one user all keys have one name: many names are sorted sooner than all of their keys. */
function throughUsers(text: string, status: KeyFilters['status']) {
  return ({ order, from, limit, offset = 0 }: Stretch): SQL => {
    const way = order.down ? sql`desc` : sql`asc`;
    const rest = [...(status ? [statusTerms[status]] : []), ...(from ? [beyond(order, from)] : [])];
    const names = sql`u.username_folded collate "C"`;
    const onwards = from
      ? sql` and ${names} ${order.down ? sql`<=` : sql`>=`} ${from[0]}::text`
      : sql``;
    return sql`select t.* from (
        select u.id, ${names} as folded from directory_user u where u.deleted_at is null
          and u.username_folded like ${nameContains(text)}${onwards} order by folded ${way}
      ) u, lateral (
        select k.* from api_key k where k.owner_id = u.id and k.deleted_at is null offset 0
      ) t where ${sql.join([sql`true`, ...rest], sql` and `)}
      order by u.folded ${way}, t.id ${way} limit ${limit} offset ${offset}`;
  };
}

/** `offset 0` keeps the planner from reading all keys where it expects many users. */
function usernameFilter(text: string, beginning: boolean): Filter {
  const [where, owner] = beginning
    ? [
        sql`t.owner_folded like ${nameBegins(text)}`,
        sql`u.username_folded collate "C" like ${nameBegins(text)}`,
      ]
    : [
        sql`t.owner_folded like ${nameContains(text)}`,
        sql`u.username_folded like ${nameContains(text)}`,
      ];
  return {
    where,
    candidates: sql`select t.* from directory_user u, lateral (
        select k.* from api_key k where k.owner_id = u.id and k.deleted_at is null offset 0
      ) t where u.deleted_at is null and ${owner}`,
    known: {
      by: sql`t.owner_id`,
      candidates: (ids) => sql`select t.* from api_key t
        where t.owner_id = any(${sql.param(ids)}::uuid[]) and t.deleted_at is null`,
    },
  };
}

/** In the order of its index, so that the index is what is read. */
function statusFilter(status: StatusFilter): Filter {
  const { terms } = keyOrder('status');
  const inOrder = sql.join(
    terms.map(({ value }) => value),
    sql`, `,
  );
  return {
    where: statusTerms[status],
    candidates: sql`select t.* from api_key t where t.deleted_at is null
      and ${statusTerms[status]} order by ${inOrder}`,
  };
}
