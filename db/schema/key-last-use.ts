import { sql } from 'drizzle-orm';
import { boolean, index, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { apiKey } from './api-key';

/**
 * When each key was last used, one row for each key. Separate from the keys, because an update of the key's
 * row would add a new version to each of its indexes. That takes five times the time and ten times the log.
 */
export const keyLastUse = pgTable(
  'key_last_use',
  {
    keyId: uuid('key_id')
      .primaryKey()
      .references(() => apiKey.id, { onDelete: 'cascade' }),
    /** `-infinity` if the key was never used, so that such keys come first in the order. */
    usedAt: timestamp('used_at', { withTimezone: true }).notNull().default(sql`'-infinity'`),
    /** Copies from the key, maintained by triggers, for the indexes. */
    createdAt: timestamp('created_at', { withTimezone: true }).notNull(),
    active: boolean().notNull(),
    /** Whether the key is not deleted. */
    live: boolean().notNull(),
  },
  (use) => [
    index('key_last_use_order').on(use.usedAt, use.keyId).where(sql`live`),
    // For the lists of the overview, including keys that were never used.
    index('key_last_use_idle').on(use.usedAt, use.createdAt).where(sql`live and active`),
  ],
);
