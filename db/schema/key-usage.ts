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
 * How often a key was verified, by hour, verdict and secret. No foreign key, because counts are written in
 * bulk and one bad row must not stop the others. Deleted keys keep their row anyway.
 */
export const keyUsage = pgTable(
  'key_usage',
  {
    keyId: uuid('key_id').notNull(),
    hour: timestamp({ withTimezone: true }).notNull(),
    code: text().notNull(),
    /** The version of the secret that was presented, as in `secret_version`; 0 if it was not recorded. */
    version: integer().notNull().default(0),
    count: bigint({ mode: 'number' }).notNull(),
  },
  (usage) => [
    primaryKey({ columns: [usage.keyId, usage.hour, usage.code, usage.version] }),
    // Rows arrive in the order of their hours, so a small index finds the old ones.
    index('key_usage_hour').using('brin', usage.hour),
    // Finds the busiest keys of an hour without reading the others.
    index('key_usage_busiest').on(usage.hour, usage.count),
    // `NOT_FOUND` rows of known keys are always dead secrets.
    index('key_usage_dead').on(usage.hour, usage.keyId).where(sql`code = 'NOT_FOUND'`),
    check('key_usage_count', sql`count > 0`),
  ],
);

/**
 * The addresses from which a key was last used, as callers of verification report them: the latest few for
 * each of its secrets. The empty address counts calls without one. No foreign key, as above.
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
 * Every answer to services, by hour and code, including those about unknown secrets. Totals of the whole desk
 * are read here, whatever the number of keys. Written together with `key_usage`.
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
 * What is used up of a key's rate limit in the window that began at `windowStart`. Unlogged: no call waits
 * for a disk, and after a crash or failover of PostgreSQL the present windows begin again.
 */
export const keyRate = pgTable('key_rate', {
  keyId: uuid('key_id').primaryKey(),
  windowStart: timestamp('window_start', { withTimezone: true }).notNull(),
  spent: integer().notNull(),
});
