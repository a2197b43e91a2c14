import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { directoryUser } from './directory-user';

/** The time-based codes of an administrator; not in force before one of them was typed in. */
export const secondFactor = pgTable(
  'second_factor',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    /** AES-256-GCM of the 20 secret bytes, bound to the user: 12 bytes nonce, 20 text, 16 tag. */
    sealedSecret: bytea('sealed_secret').notNull(),
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    /** The newest step of 30 seconds whose code was taken: no code is taken twice. */
    lastStep: bigint('last_step', { mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [check('second_factor_sealed_secret_length', sql`octet_length(sealed_secret) = 48`)],
);

/** Codes for a lost phone, each for one use; who uses one deletes its row. */
export const recoveryCode = pgTable(
  'recovery_code',
  {
    userId: uuid('user_id')
      .notNull()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    /** HMAC-SHA-256 under a key that is not in the database. */
    mac: bytea().notNull(),
  },
  (code) => [
    primaryKey({ columns: [code.userId, code.mac] }),
    check('recovery_code_mac_length', sql`octet_length(mac) = 32`),
  ],
);
