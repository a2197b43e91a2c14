import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { directoryUser } from './directory-user';

/**
 * A checked file of keys that may be imported, so that the second step needs no second upload. Kept for an
 * hour, and visible only to the administrator who checked it. Without an administrator it is from the command
 * line.
 */
export const keyImport = pgTable(
  'key_import',
  {
    id: uuid().primaryKey(),
    administratorId: uuid('administrator_id').references(() => directoryUser.id, {
      onDelete: 'cascade',
    }),
    lineCount: integer('line_count').notNull(),
    /** Lines that cannot become keys, by the last check against the database. */
    badCount: integer('bad_count').notNull(),
    /** Whether a line has scopes that only an admin may grant. */
    reserved: boolean().notNull(),
    /** SHA-256 of the file, by which the audit names it. */
    fileDigest: bytea('file_digest').notNull(),
    /** Progress of a running import. Written outside its transaction. */
    progress: integer().notNull().default(0),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (row) => [
    index('key_import_administrator').on(row.administratorId),
    check('key_import_line_count', sql`line_count between 1 and 1000000`),
    check('key_import_bad_count', sql`bad_count between 0 and line_count`),
    check('key_import_progress', sql`progress between 0 and line_count`),
    check('key_import_file_digest_length', sql`octet_length(file_digest) = 32`),
  ],
);

/**
 * The lines of checked files, with MACs in place of secrets. Unlogged, because a file can be checked again
 * after a crash. No foreign keys, because each of a million lines would need a look-up.
 */
export const keyImportLine = pgTable(
  'key_import_line',
  {
    importId: uuid('import_id').notNull(),
    line: integer().notNull(),
    /** The id of the key that the line becomes. */
    keyId: uuid('key_id').notNull(),
    username: text().notNull(),
    /** Folded like names in the directory. */
    usernameFolded: text('username_folded')
      .notNull()
      .generatedAlwaysAs(sql`username_key(username)`),
    name: text().notNull(),
    active: boolean().notNull(),
    scopes: text().array().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    /** Under the newest pepper; null if there is no usable secret. */
    mac: bytea(),
    pepper: integer().notNull(),
    /** Under the older peppers, under which the same secret may already be known. */
    olderMacs: bytea('older_macs').array().notNull().default(sql`'{}'`),
    secretPrefix: text('secret_prefix').notNull(),
    secretFirst: text('secret_first').notNull(),
    secretLast: text('secret_last').notNull(),
    /** Why the line can never become a key. */
    problem: text(),
    /** Why it cannot become one now, by the last check against the database. */
    verdict: text(),
  },
  (line) => [
    primaryKey({ columns: [line.importId, line.line] }),
    check('key_import_line_mac', sql`mac is not null or problem is not null`),
    check('key_import_line_mac_length', sql`octet_length(mac) = 32`),
  ],
);
