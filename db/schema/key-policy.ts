import { sql } from 'drizzle-orm';
import { boolean, check, integer, pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** What people may do with their own keys: nothing, see and switch off, or regenerate as well. */
export const ownKeyRules = ['off', 'switch-off', 'regenerate'] as const;

/** The policy for all keys of the installation, in one row. Null means no such rule. */
export const keyPolicy = pgTable(
  'key_policy',
  {
    id: boolean().primaryKey().default(true),
    expiryRequired: boolean('expiry_required').notNull().default(false),
    /** Most days from now to an expiry date, whenever one is set. */
    longestLifetime: integer('longest_lifetime'),
    mostKeysPerUser: integer('most_keys_per_user'),
    /** Initial values of the form for a new key. The lifetime is in days. */
    defaultLifetime: integer('default_lifetime'),
    defaultRateLimit: integer('default_rate_limit'),
    defaultRateWindow: integer('default_rate_window').notNull().default(60),
    /** What happens to a key when its secret is reported as leaked. */
    onLeak: text('on_leak', { enum: ['switch-off', 'tell-only'] })
      .notNull()
      .default('switch-off'),
    /** Whether every service needs a responsible person. */
    responsibleRequired: boolean('responsible_required').notNull().default(false),
    /** Days before the end of a key on which notices about it are sent; 0 is the day itself. */
    noticeDays: integer('notice_days').array().notNull().default(sql`'{30,7,1}'`),
    /** Whether owners get mails about their keys. On at first only where the installation is new. */
    tellOwners: boolean('tell_owners').notNull().default(false),
    /** What owners may do with their own keys at `/me`. */
    ownKeys: text('own_keys', { enum: ownKeyRules }).notNull().default('off'),
    /** Days without use after which a key is switched off, and since when this is so. Null where it is not. */
    idleDays: integer('idle_days'),
    idleSince: timestamp('idle_since', { withTimezone: true }),
    updatedAt: timestamp('updated_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [
    check('key_policy_id', sql`id`),
    check('key_policy_longest_lifetime', sql`longest_lifetime between 1 and 3650`),
    check(
      'key_policy_default_lifetime',
      sql`default_lifetime between 1 and coalesce(longest_lifetime, 3650)`,
    ),
    check('key_policy_most_keys_per_user', sql`most_keys_per_user between 1 and 1000000`),
    check('key_policy_default_rate_limit', sql`default_rate_limit between 1 and 1000000`),
    check('key_policy_on_leak', sql`on_leak in ('switch-off', 'tell-only')`),
    check('key_policy_own_keys', sql`own_keys in ('off', 'switch-off', 'regenerate')`),
    check(
      'key_policy_notice_days',
      sql`notice_days <@ '{30,14,7,3,1,0}' and cardinality(array_remove(notice_days, 0)) <= 4`,
    ),
    check(
      'key_policy_idle',
      sql`(idle_days is null) = (idle_since is null) and idle_days between 30 and 365`,
    ),
    check('key_policy_default_rate_window', sql`default_rate_window in (1, 60, 3600)`),
  ],
);
