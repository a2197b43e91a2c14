import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * How the database folds case, for comparing what was typed with `directory_user.username_folded`.
 * Compared in the column's own collation: in another one the index could not be used.
 */
export function foldedUsername(text: string): SQL<string> {
  return sql<string>`lower(${text.trim().normalize('NFC')} collate "und-x-icu") collate "default"`;
}
