import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { z } from 'zod';
import type { Filter } from '@/lib/lists/list';
import { beginningWith, containing } from '@/lib/lists/sql-text';

/** The characters of a secret that are shown, as far as a text names them. */
type Ends = { prefix?: string; first?: string; last?: string };

/** `kd_WGIU…niGm`, or only one of its ends; three dots do as well. */
const hint = /^(?:([a-z0-9]{2,12})_)?([\x21-\x7e]{4})?(?:…|\.{3})([\x21-\x7e]{4})?$/u;
const beginning = /^([a-z0-9]{2,12})_([\x21-\x7e]{4})$/;
const fourCharacters = /^[\x21-\x7e]{4}$/;

/** What a text may mean of what is shown of a secret: each of these alone. */
export function endsMeant(text: string): Ends[] {
  if (fourCharacters.test(text)) return [{ first: text }, { last: text }];
  const [, prefix, first, last] = hint.exec(text) ?? beginning.exec(text) ?? [];
  return first || last ? [{ prefix, first, last }] : [];
}

/**
 * The keys whose name holds the text, or begins with it; that show the characters that it names; and the
 * one whose id it is. Each of these has an index, which PostgreSQL reads and joins.
 */
export function keyTextFilter({ text, beginning }: { text: string; beginning: boolean }): Filter {
  const part = sql`name_part(${text}::text)`;
  const pattern = beginning ? beginningWith(part) : containing(part);
  const meant = [
    sql`(t.name <> '' and name_part(t.name) like ${pattern})`,
    ...endsMeant(text).map(showing),
    ...(z.uuid().safeParse(text).success ? [sql`t.id = ${text}::uuid`] : []),
  ];
  const where = sql`(${sql.join(meant, sql` or `)})`;
  return {
    where,
    candidates: sql`select t.* from api_key t where t.deleted_at is null and ${where}`,
  };
}

function showing({ prefix, first, last }: Ends): SQL {
  const shown = [
    ...(first ? [sql`t.secret_first = ${first}`] : []),
    ...(last ? [sql`t.secret_last = ${last}`] : []),
    ...(prefix ? [sql`t.secret_prefix = ${prefix}`] : []),
  ];
  return sql`(${sql.join(shown, sql` and `)})`;
}
