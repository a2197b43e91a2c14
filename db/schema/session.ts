import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  index,
  integer,
  pgTable,
  text,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { directoryUser } from './directory-user';

/** The sessions. Deleting a row signs that browser out at its next request. */
export const session = pgTable(
  'session',
  {
    /** SHA-256 of the session id, so that a stolen dump grants no access. */
    idHash: bytea('id_hash').primaryKey(),
    /** Names the session in the list of one's own sessions. It grants no access. */
    handle: uuid().notNull().defaultRandom(),
    userId: uuid('user_id')
      .notNull()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    address: text().notNull(),
    userAgent: text('user_agent').notNull().default(''),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
    /** When this browser last re-authenticated, by password or second factor. */
    provedAt: timestamp('proved_at', { withTimezone: true }).notNull().defaultNow(),
    lastSeenAt: timestamp('last_seen_at', { withTimezone: true }).notNull().defaultNow(),
    /** Wrong passwords and codes since this browser's last right one. */
    failedProofs: integer('failed_proofs').notNull().default(0),
    /** Begun by somebody without a role. It never opens more than their own keys, even if they get a role. */
    ownKeys: boolean('own_keys').notNull().default(false),
  },
  (row) => [
    uniqueIndex('session_handle_unique').on(row.handle),
    index('session_user').on(row.userId),
    check('session_id_hash_length', sql`octet_length(id_hash) = 32`),
  ],
);

/** The ways to sign in before a second factor is asked for. */
export const firstFactors = ['password', 'single sign-on'] as const;

/** A sign-in whose first factor was right and whose code is still missing. It is not a session. */
export const pendingSignIn = pgTable(
  'pending_sign_in',
  {
    /** SHA-256 of an id that only the browser keeps. */
    idHash: bytea('id_hash').primaryKey(),
    userId: uuid('user_id')
      .notNull()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    by: text({ enum: firstFactors }).notNull().default('password'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (row) => [
    index('pending_sign_in_user').on(row.userId),
    check('pending_sign_in_by', sql`by in ('password', 'single sign-on')`),
    check('pending_sign_in_id_hash_length', sql`octet_length(id_hash) = 32`),
  ],
);

/**
 * Failed sign-ins by account and by source, and where an account has signed in before. Shared by all
 * instances.
 */
export const signInFailure = pgTable('sign_in_failure', {
  /** An HMAC of what is counted, because a typed username may be a password. See `sign-in-subjects.ts`. */
  subjectHash: bytea('subject_hash').primaryKey(),
  failures: integer().notNull(),
  lastFailureAt: timestamp('last_failure_at', { withTimezone: true }).notNull(),
  blockedUntil: timestamp('blocked_until', { withTimezone: true }),
  /** Set in rows that record something and count nothing: until when the record is valid. */
  keptUntil: timestamp('kept_until', { withTimezone: true }),
});
