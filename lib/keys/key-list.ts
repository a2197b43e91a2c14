import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { isPrefixSearch } from '@/lib/lists/beginning';
import type { List, Slice } from '@/lib/lists/list';
import { beyond } from '@/lib/lists/order';
import { countLive } from '@/lib/lists/row-count';
import {
  namedKeys,
  namedOwners,
  ownerFilter,
  placeOfOwner,
  statusFilter,
  usernameFilter,
} from './key-filters';
import type { KeyFilter, KeyListParams } from './key-input';
import { keyOrder, statusBounds, statusTerms } from './key-orders';
import { keyTextFilter } from './key-text';
import { standingBounds, standingFilters } from './standing-lists';
import { type TimeFilters, timeBounds, timeFilters } from './time-filters';

export type KeyFilters = Partial<KeyFilter & Pick<KeyListParams, 'sort'>> & TimeFilters;

/** Which texts of the filters find only names that begin with them. */
export type Beginnings = { username?: boolean; q?: boolean };

export async function findBeginnings({ username = '', q = '' }: KeyFilters): Promise<Beginnings> {
  const [ofOwners, ofKeys] = await Promise.all([
    isPrefixSearch(username),
    isPrefixSearch(q, 'api_key'),
  ]);
  return { username: ofOwners, q: ofKeys };
}

/**
 * The keys that match these filters. The report reads the list page by page, and exports and bulk changes
 * read all of it. Nothing else defines what a filter finds.
 */
export function keyList(filters: KeyFilters, beginnings: Beginnings): List {
  const { username, q, status, owner, list, sort = '-created' } = filters;
  const beginning = beginnings.username === true;
  const name = username ? { text: username, beginning } : null;
  const byName = sort.endsWith('username');
  const skipTo = [
    ...(status ? statusBounds(sort, status) : []),
    ...(owner && byName ? [placeOfOwner(owner)] : []),
    ...(list ? standingBounds(list, sort) : []),
    ...timeBounds(filters, sort),
    ...(name && beginning && byName && !owner ? [namedKeys(name)] : []),
  ];
  return {
    table: sql`api_key`,
    live: sql`t.deleted_at is null`,
    id: sql`t.id`,
    filters: [
      ...(owner ? [ownerFilter(owner)] : []),
      ...(name ? [usernameFilter(name)] : []),
      ...(q ? [keyTextFilter({ text: q, beginning: beginnings.q === true })] : []),
      ...(status ? [statusFilter(status)] : []),
      ...(list ? standingFilters(list) : []),
      ...timeFilters(filters),
    ],
    order: keyOrder(sort),
    // Its index knows owners by name only, keys by no name, and nothing of their state or of last uses.
    indexOnly: sort.endsWith('created') && !owner && !list && !q && !filters.unusedSince,
    slowToCount: Boolean(q),
    ...(sort.endsWith('used')
      ? byUse({ more: Boolean(owner || list || filters.unusedSince), shown: Boolean(q) })
      : {}),
    countLive: () => countLive('api_key'),
    skipTo,
    detour:
      name && !beginning && byName && !owner && !list && !q && !timeFilters(filters).length
        ? throughUsers(name.text, status)
        : undefined,
  };
}

/** An outer join, which PostgreSQL skips if no column of the keys is needed. */
type Asked = { more: boolean; shown: boolean };
const byUse = ({ more, shown }: Asked): Pick<List, 'orderTable' | 'withOrderColumns'> => ({
  orderTable: sql`select l.key_id as id, l.used_at, k.owner_folded, k.active, k.expires_at${
    more ? sql`, k.owner_id, k.created_at` : sql``
  }${
    shown ? sql`, k.name, k.secret_prefix, k.secret_first, k.secret_last` : sql``
  } from key_last_use l left join api_key k on k.id = l.key_id where l.live`,
  withOrderColumns: (candidates) => sql`select c.*, l.used_at
    from (${candidates}) c join key_last_use l on l.key_id = c.id`,
});

/** All keys of a user have the same name, so sorting many names is faster than sorting all their keys. */
function throughUsers(text: string, status: KeyFilters['status']) {
  return ({ order, from, limit, offset = 0 }: Slice): SQL => {
    const way = order.down ? sql`desc` : sql`asc`;
    const rest = [...(status ? [statusTerms[status]] : []), ...(from ? [beyond(order, from)] : [])];
    const names = sql`u.username_folded collate "C"`;
    const onwards = from
      ? sql` and ${names} ${order.down ? sql`<=` : sql`>=`} ${from[0]}::text`
      : sql``;
    return sql`select t.* from (
        select u.id, ${names} as folded from directory_user u where u.deleted_at is null
          and ${namedOwners({ text, beginning: false })}${onwards} order by folded ${way}
      ) u, lateral (
        select k.* from api_key k where k.owner_id = u.id and k.deleted_at is null offset 0
      ) t where ${sql.join([sql`true`, ...rest], sql` and `)}
      order by u.folded ${way}, t.id ${way} limit ${limit} offset ${offset}`;
  };
}
