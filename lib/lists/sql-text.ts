import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * A pattern for LIKE that finds `text` anywhere, ignoring case; its own wildcards are literal. In the
 * columns' collation, without which their indexes could not be used.
 */
export function containsPattern(text: string): SQL {
  return sql`${folded(`%${literal(text)}%`)} collate "default"`;
}

/** For columns that compare by code point, minding case. */
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
