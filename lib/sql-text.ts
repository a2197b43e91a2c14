import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/** A pattern for LIKE that finds `text` anywhere, ignoring case; its own wildcards are literal. */
export function containsPattern(text: string): SQL {
  const literal = text.normalize('NFC').replace(/[\\%_]/g, '\\$&');
  return sql`lower(${`%${literal}%`} collate "und-x-icu")`;
}
