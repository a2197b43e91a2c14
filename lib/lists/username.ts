import 'server-only';
import { and, eq, isNull, or, type SQL, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { containing, escaped } from './sql-text';

/*
 * Names that a person cannot tell apart are equal. The rule is defined once, in the database functions of
 * migration 0026, because triggers fold names on writing. Here those functions are only called.
 */

/** The folded form of a typed name, as in `directory_user.username_folded` and in counts by name. */
export function usernameKey(text: string): SQL<string> {
  return sql<string>`username_key(${text}::text)`;
}

/** Whether a column of folded names contains `text`. Wildcards in it are literal. */
export const nameContains = (text: string) => containing(sql`username_part(${text}::text)`);

/** The same for names that begin with `text`, for columns that compare by code point. */
export function nameBegins(text: string): SQL {
  return sql`(${escaped(sql`username_part(${text}::text)`)} || '%') collate "C"`;
}

/**
 * The live user whom a typed name means. Some users shared a name before that was forbidden. Then the one
 * with this spelling, ignoring case, comes first, as before.
 */
export function namedBy(text: string): { where: SQL | undefined; orderBy: SQL } {
  const key = usernameKey(text);
  const { username, usernameFolded, deletedAt } = directoryUser;
  const shared = sql`${usernameFolded} like '% ' and rtrim(${usernameFolded}) = ${key}`;
  const spelled = text.trim().normalize('NFC');
  return {
    where: and(isNull(deletedAt), or(eq(usernameFolded, key), shared)),
    orderBy: sql`lower(${username} collate "und-x-icu") = lower(${spelled} collate "und-x-icu") desc,
      ${usernameFolded}`,
  };
}

/** Whether two typed names are equal, for comparisons without a user. */
export async function isSameUsername(tx: Queryable, one: string, other: string): Promise<boolean> {
  const { rows } = await tx.execute<{ same: boolean }>(
    sql`select ${usernameKey(one)} = ${usernameKey(other)} as same`,
  );
  return rows[0]?.same === true;
}

/** The number of users who share the name of another one. */
export async function countTwins(tx: Queryable = database()): Promise<number> {
  const { rows } = await tx.execute<{ twins: number }>(sql`
    select count(*)::int as twins from directory_user
    where username_folded like '% ' and deleted_at is null`);
  return rows[0]?.twins ?? 0;
}
