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
 * A file of keys that was checked and may be imported, so that the second step needs no second upload.
 * Kept for an hour; only who checked it sees it. Without an administrator: from the command line.
 */
export const keyImport = pgTable(
  'key_import',
  {
    id: uuid().primaryKey(),
    administratorId: uuid('administrator_id').references(() => directoryUser.id, {
      onDelete: 'cascade',
    }),
    lineCount: integer('line_count').notNull(),
    /** Lines that cannot be keys, by what the last look at the database said. */
    badCount: integer('bad_count').notNull(),
    /** Whether a line asks for scopes that only an admin may hand out. */
    reserved: boolean().notNull(),
    /** SHA-256 of the file, by which the audit names it. */
    fileDigest: bytea('file_digest').notNull(),
    /** How far an import under way has come; written beside its transaction, not in it. */
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
 * The lines of checked files, with MACs where the secrets were. Unlogged: what a crash takes is checked
 * again. No foreign keys, which would be looked up for each of a million lines.
 */
export const keyImportLine = pgTable(
  'key_import_line',
  {
    importId: uuid('import_id').notNull(),
    line: integer().notNull(),
    /** Of the key that the line becomes. */
    keyId: uuid('key_id').notNull(),
    username: text().notNull(),
    /** As the directory folds names. */
    usernameFolded: text('username_folded')
      .notNull()
      .generatedAlwaysAs(sql`username_key(username)`),
    name: text().notNull(),
    active: boolean().notNull(),
    scopes: text().array().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }),
    expiresAt: timestamp('expires_at', { withTimezone: true }),
    /** Under the newest pepper; null where there is no usable secret. */
    mac: bytea(),
    pepper: integer().notNull(),
    /** Under the older ones, by which the same secret may be known already. */
    olderMacs: bytea('older_macs').array().notNull().default(sql`'{}'`),
    secretPrefix: text('secret_prefix').notNull(),
    secretFirst: text('secret_first').notNull(),
    secretLast: text('secret_last').notNull(),
    /** Why the line could not be a key, whoever exists. */
    problem: text(),
    /** Why it cannot now, by the last look at the database. */
    verdict: text(),
  },
  (line) => [
    primaryKey({ columns: [line.importId, line.line] }),
    check('key_import_line_mac', sql`mac is not null or problem is not null`),
    check('key_import_line_mac_length', sql`octet_length(mac) = 32`),
  ],
);
