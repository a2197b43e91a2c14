import { sql } from 'drizzle-orm';
import { bigint, check, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { directoryUser } from './directory-user';

/** The second factor of an administrator. It has no effect before one of its codes was entered. */
export const secondFactor = pgTable(
  'second_factor',
  {
    userId: uuid('user_id')
      .primaryKey()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    /** AES-256-GCM of the 20 secret bytes, bound to the user: 12 bytes nonce, 20 text, 16 tag. */
    sealedSecret: bytea('sealed_secret').notNull(),
    confirmedAt: timestamp('confirmed_at', { withTimezone: true }),
    /** The newest 30-second step whose code was accepted, so that no code is accepted twice. */
    lastStep: bigint('last_step', { mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [check('second_factor_sealed_secret_length', sql`octet_length(sealed_secret) = 48`)],
);

/** Recovery codes for a lost phone. Using one deletes its row. */
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
