import 'server-only';
import { sql } from 'drizzle-orm';
import type { Filter } from '@/lib/lists/list';
import { beginningWith, containing } from '@/lib/lists/sql-text';
import { nameBegins, nameContains } from '@/lib/lists/username';

/** The columns of a row called `t` in which a person is looked for, as their indexes have them. */
const others = [sql`name_part(t.display_name)`, sql`name_part(t.email)`];

/** Users whose username, display name or email holds the text, or begins with it. */
export function personWhere(text: string, beginning: boolean) {
  const part = sql`name_part(${text}::text)`;
  const pattern = beginning ? beginningWith(part) : containing(part);
  const named = beginning
    ? sql`t.username_folded collate "C" like ${nameBegins(text)}`
    : sql`t.username_folded like ${nameContains(text)}`;
  const any = [named, ...others.map((column) => sql`${column} like ${pattern}`)];
  return sql`(${sql.join(any, sql` or `)})`;
}

/** The same, and the services for which such a user is responsible. */
export function personFilter(text: string, beginning: boolean): Filter {
  const named = personWhere(text, beginning);
  const persons = sql`select t.id from directory_user t where t.deleted_at is null and ${named}`;
  return {
    where: sql`(${named} or (t.responsible_id is not null and exists (
      select from (${persons}) p where p.id = t.responsible_id)))`,
    candidates: sql`select t.* from directory_user t where t.deleted_at is null and t.id in (
      ${persons} union all
      select s.id from (${persons}) p join directory_user s on s.responsible_id = p.id)`,
    resolved: {
      by: sql`t.id`,
      // As text, because COPY takes no parameters and an array cannot be quoted.
      candidates: (ids) => sql`select t.* from directory_user t
        where t.id = any(${`{${ids.join(',')}}`}::uuid[]) and t.deleted_at is null`,
    },
  };
}
