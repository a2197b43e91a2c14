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
 * How often a key was asked for, by hour, verdict and secret. No foreign key: counts arrive in bulk, and one
 * odd row must not hold up the others; keys keep their row when they are deleted.
 */
export const keyUsage = pgTable(
  'key_usage',
  {
    keyId: uuid('key_id').notNull(),
    hour: timestamp({ withTimezone: true }).notNull(),
    code: text().notNull(),
    /** Which of the key's secrets was presented, as `secret_version` counts them; 0 where that was not kept. */
    version: integer().notNull().default(0),
    count: bigint({ mode: 'number' }).notNull(),
  },
  (usage) => [
    primaryKey({ columns: [usage.keyId, usage.hour, usage.code, usage.version] }),
    // Rows come in the order of their hours: a small index finds the old ones.
    index('key_usage_hour').using('brin', usage.hour),
    // The busiest keys of an hour, without a look at the others.
    index('key_usage_busiest').on(usage.hour, usage.count),
    // Nothing but dead secrets of known keys leaves this code.
    index('key_usage_dead').on(usage.hour, usage.keyId).where(sql`code = 'NOT_FOUND'`),
    check('key_usage_count', sql`count > 0`),
  ],
);

/**
 * Where a key was last used from, as the callers of verify tell it: the latest few addresses for each
 * of its secrets. The empty address stands for calls that told none. No foreign key, as above.
 */
export const keySource = pgTable(
  'key_source',
  {
    keyId: uuid('key_id').notNull(),
    version: integer().notNull(),
    address: text().notNull(),
    lastSeen: timestamp('last_seen', { withTimezone: true }).notNull(),
    /** Since the address is among the latest. */
    calls: bigint({ mode: 'number' }).notNull(),
  },
  (source) => [
    primaryKey({ columns: [source.keyId, source.version, source.address] }),
    check('key_source_address_length', sql`char_length(address) <= 45`),
    check('key_source_calls', sql`calls > 0`),
  ],
);

/**
 * Every answer that services were given, by hour and code, also about secrets that belong to no key:
 * what the whole desk did is read here, whatever the number of keys. Written together with
 * `key_usage`.
 */
export const usageTotal = pgTable(
  'usage_total',
  {
    hour: timestamp({ withTimezone: true }).notNull(),
    code: text().notNull(),
    count: bigint({ mode: 'number' }).notNull(),
  },
  (usage) => [
    primaryKey({ columns: [usage.hour, usage.code] }),
    check('usage_total_count', sql`count > 0`),
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
