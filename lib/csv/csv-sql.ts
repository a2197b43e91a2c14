import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * The same pattern as the formula in `csv-line.ts`, for PostgreSQL, whose `\s` matches fewer blanks. Text in
 * PostgreSQL holds no NUL.
 */
const blank = String.raw`[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000\ufeff]`;
const formula = String.raw`^''*(${blank}*[=+@\uff1d\uff0b\uff0d\uff20-]|[\t\r\n])`;

/**
 * A cell of a file that PostgreSQL writes. A cell that a spreadsheet would calculate gets an apostrophe. Most
 * cells begin with an ASCII letter or digit and skip the pattern, which would take most of the time.
 */
export function csvText(text: SQL | { getSQL(): SQL }): SQL {
  return sql`case
    when ascii(${text}) between 48 and 57 or ascii(${text}) between 65 and 122 then ${text}
    when ${text} ~ ${sql.raw(`'${formula}'`)} then '''' || ${text}
    else ${text} end`;
}

/** A moment in UTC, in RFC 3339; null stays null. */
export function csvMoment(moment: SQL | { getSQL(): SQL }): SQL {
  return sql`to_char(${moment} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
}
