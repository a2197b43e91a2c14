import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { type Administrator, authorize, hasRole } from '@/lib/access/administrator';
import { startsExactly } from '@/lib/lists/sql-text';
import { mostScopes } from './scope';
import { reservedPrefix } from './service-key';

/** Enough that some remain for a key with the maximum number of scopes. */
const mostSuggested = mostScopes + 10;

/**
 * Scopes of live keys that begin with the text, in alphabetical order. Keydesk's own are offered only to an
 * admin, who may grant them.
 */
export async function suggestScopes(administrator: Administrator, text: string): Promise<string[]> {
  authorize(administrator, 'operator');
  const granted = hasRole(administrator, 'admin')
    ? sql``
    : sql` and not starts_with(lower(scope), ${reservedPrefix})`;
  const { rows } = await database().execute<{ scope: string }>(sql`
    select scope from scope_tally where scope like ${startsExactly(text)}${granted}
    group by scope having sum(keys) > 0 order by scope limit ${mostSuggested}`);
  return rows.map(({ scope }) => scope);
}

const batch = 1_000;

/**
 * Merges the rows that statements of the last hour have added.
 *
 * @returns how many rows that saved
 */
export async function addUpScopes(tx: Queryable, size = batch): Promise<number> {
  const { rows } = await tx.execute<{ saved: number }>(sql`
    with many as (
      select scope from scope_tally group by scope having count(*) > 1 limit ${size}
    ), gone as (
      delete from scope_tally where scope in (select scope from many) returning scope, keys
    ), sums as (
      insert into scope_tally (scope, keys)
      select scope, sum(keys) from gone group by scope having sum(keys) <> 0 returning scope
    )
    select ((select count(*) from gone) - (select count(*) from sums))::int as saved`);
  return rows[0]?.saved ?? 0;
}
