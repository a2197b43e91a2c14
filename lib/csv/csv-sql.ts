import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * What `csv-line.ts` calls a formula, for PostgreSQL, whose `\s` knows fewer blanks than ours. It holds
 * no NUL.
 */
const blank = String.raw`[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]`;
const formula = String.raw`^''*(${blank}*[=+@\uff1d\uff0b\uff0d\uff20-]|[\t\r\n])`;

/**
 * A cell of a file that PostgreSQL writes: what a spreadsheet would calculate gets an apostrophe. Most
 * begin with a letter or digit of ASCII and need no closer look, which would take most of the time.
 */
export function csvText(text: SQL | { getSQL(): SQL }): SQL {
  return sql`case
    when ascii(${text}) between 48 and 57 or ascii(${text}) between 65 and 122 then ${text}
    when ${text} ~ ${sql.raw(`'${formula}'`)} then '''' || ${text}
    else ${text} end`;
}

/** A moment in UTC, as RFC 3339 writes it; nothing where there is none. */
export function csvMoment(moment: SQL | { getSQL(): SQL }): SQL {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
