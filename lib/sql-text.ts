import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * A pattern for LIKE that finds `text` anywhere, ignoring case; its own wildcards are literal. In the
 * columns' collation, without which their indexes could not be used.
 */
export function containsPattern(text: string): SQL {
  const literal = text.normalize('NFC').replace(/[\\%_]/g, '\\$&');
  return sql`lower(${`%${literal}%`} collate "und-x-icu") collate "default"`;
}
