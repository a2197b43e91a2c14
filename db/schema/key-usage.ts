import { sql } from 'drizzle-orm';
import {
  bigint,
  check,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';

/**
 * How often a key was asked for, by hour and verdict. No foreign key: counts arrive in bulk, and one
 * odd row must not hold up the others; keys keep their row when they are deleted.
 */
export const keyUsage = pgTable(
  'key_usage',
  {
    keyId: uuid('key_id').notNull(),
    hour: timestamp({ withTimezone: true }).notNull(),
    code: text().notNull(),
    count: bigint({ mode: 'number' }).notNull(),
  },
  (usage) => [
    primaryKey({ columns: [usage.keyId, usage.hour, usage.code] }),
    // Rows come in the order of their hours: a small index finds the old ones.
    index('key_usage_hour').using('brin', usage.hour),
    check('key_usage_count', sql`count > 0`),
  ],
);

/**
 * What is spent of a key's rate limit in the window that began at `windowStart`. Unlogged: after a
 * crash or failover of PostgreSQL the windows under way begin again, and no call waits for a disk.
 */
export const keyRate = pgTable('key_rate', {
  keyId: uuid('key_id').primaryKey(),
  windowStart: timestamp('window_start', { withTimezone: true }).notNull(),
  spent: integer().notNull(),
});
