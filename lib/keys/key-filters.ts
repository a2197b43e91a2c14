import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Filter } from '@/lib/lists/list';
import { nameBegins, nameContains } from '@/lib/lists/username';
import type { StatusFilter } from './key-input';
import { keyOrder, statusTerms } from './key-orders';

type Name = { text: string; beginning: boolean };

/** Only these two functions compare a typed username, with keys and with their owners. */
export function namedKeys({ text, beginning }: Name): SQL {
  return sql`t.owner_folded like ${beginning ? nameBegins(text) : nameContains(text)}`;
}

export function namedOwners({ text, beginning }: Name): SQL {
  return beginning
    ? sql`u.username_folded collate "C" like ${nameBegins(text)}`
    : sql`u.username_folded like ${nameContains(text)}`;
}

/** `offset 0` keeps the planner from reading all keys if it expects many users. */
export function usernameFilter(name: Name): Filter {
  return {
    where: namedKeys(name),
    candidates: sql`select t.* from directory_user u, lateral (
        select k.* from api_key k where k.owner_id = u.id and k.deleted_at is null offset 0
      ) t where u.deleted_at is null and ${namedOwners(name)}`,
    resolved: {
      by: sql`t.owner_id`,
      // A text, because COPY takes no parameters and an array cannot be quoted.
      candidates: (ids) => sql`select t.* from api_key t
        where t.owner_id = any(${`{${ids.join(',')}}`}::uuid[]) and t.deleted_at is null`,
    },
  };
}

/** The keys of exactly this user. */
export function ownerFilter(owner: string): Filter {
  return {
    where: sql`t.owner_id = ${owner}::uuid`,
    candidates: sql`select t.* from ${keysOf(owner)} t`,
  };
}

/** Where the keys of this user are in the order of names. All of them have the same name. */
export const placeOfOwner = (owner: string): SQL =>
  sql`t.owner_folded = (select k.owner_folded from ${keysOf(owner)} k limit 1)`;

/** `offset 0` keeps the planner from searching for them along the order of the list. */
const keysOf = (owner: string) => sql`(select * from api_key
  where owner_id = ${owner}::uuid and deleted_at is null offset 0)`;

/** In the order of its index, so that PostgreSQL reads the index. */
export function statusFilter(status: StatusFilter): Filter {
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
