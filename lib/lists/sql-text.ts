import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * A LIKE pattern that finds `text` anywhere, ignoring case. Wildcards in the text are literal. Uses the
 * collation of the columns, because their indexes need it.
 */
export function containsPattern(text: string): SQL {
  return sql`${folded(`%${literal(text)}%`)} collate "default"`;
}

/** For columns that compare by code point and case. */
export function startsExactly(text: string): SQL {
  return sql`${`${literal(text)}%`} collate "C"`;
}

/** Patterns for LIKE of a text that the database has folded, in the collation of columns and indexes. */
export const containing = (folded: SQL) =>
  sql`('%' || ${escaped(folded)} || '%') collate "default"`;
export const beginningWith = (folded: SQL) => sql`(${escaped(folded)} || '%') collate "default"`;

/** Escaped when folded: a wide percent sign becomes a plain one. */
export const escaped = (folded: SQL) =>
  sql`regexp_replace(${folded}, '([\\\\%_])', '\\\\\\1', 'g')`;

const literal = (text: string) => text.normalize('NFC').replace(/[\\%_]/g, '\\$&');
const folded = (pattern: string) => sql`lower(${pattern} collate "und-x-icu")`;
