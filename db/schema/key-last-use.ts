import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { apiKey } from './api-key';

/**
 * When each key was last used, one row for each. Apart from the keys, because a use would else enter
 * a new version of the key into every one of their indexes: five times the time and ten times the log.
 */
export const keyLastUse = pgTable(
  'key_last_use',
  {
    keyId: uuid('key_id')
      .primaryKey()
      .references(() => apiKey.id, { onDelete: 'cascade' }),
    /** `-infinity` where it never was, so that those come first in the order. */
    usedAt: timestamp('used_at', { withTimezone: true }).notNull().default(sql`'-infinity'`),
    /** As the key has them, kept by triggers, for the indexes. */
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    active: boolean().notNull(),
    /** Not deleted. */
    live: boolean().notNull(),
  },
  (use) => [
    index('key_last_use_order').on(use.usedAt, use.keyId).where(sql`live`),
    // What the overview lists, those never used among them.
    index('key_last_use_idle').on(use.usedAt, use.createdAt).where(sql`live and active`),
  ],
);
