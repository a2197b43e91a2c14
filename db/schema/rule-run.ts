import { sql } from 'drizzle-orm';
import {
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  timestamp,
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { apiKey } from './api-key';
import { directoryUser } from './directory-user';

/** A day on which unused keys were due, carried out in steps. One run a day, so that a day has one limit. */
export const idleRun = pgTable(
  'idle_run',
  {
    /** Shared by the audit events of the run, as `bulk`. */
    id: uuid().primaryKey(),
    day: date().notNull(),
    /** Keys that were due and keys that were active when it began. */
    due: integer().notNull(),
    active: integer().notNull(),
    /** Most keys that it may switch off, and how many it has switched off. */
    allowed: integer().notNull(),
    switchedOff: integer('switched_off').notNull().default(0),
    /** It waits for an administrator, because it would switch off too many. */
    held: boolean().notNull(),
    /** An administrator let it go on, so that it may last into the next day. */
    approved: boolean().notNull().default(false),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  (run) => [
    uniqueIndex('idle_run_day').on(run.day),
    uniqueIndex('idle_run_going').on(sql`(finished_at is null)`).where(sql`finished_at is null`),
    check('idle_run_counts', sql`due > 0 and active >= 0 and allowed >= 0`),
    check('idle_run_limit', sql`switched_off between 0 and allowed`),
    check('idle_run_held', sql`not held or finished_at is null`),
  ],
);

/**
 * Records that an owner was told that this key is to be switched off, if it stays unused since then. A use or
 * anything else that postpones the day makes new notices.
 */
export const idleNotice = pgTable(
  'idle_notice',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    unusedSince: timestamp('unused_since', { withTimezone: true }).notNull(),
    days: integer().notNull(),
    /** The day of the mail in UTC. */
    day: date().notNull(),
  },
  (notice) => [
    primaryKey({ columns: [notice.keyId, notice.unusedSince, notice.days] }),
    index('idle_notice_day').on(notice.day),
    check('idle_notice_days', sql`days in (1, 14)`),
  ],
);

/** The days on which a person got the mail about unused keys: one a day. */
export const idleDigest = pgTable(
  'idle_digest',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => directoryUser.id),
    day: date().notNull(),
  },
  (digest) => [
    primaryKey({ columns: [digest.personId, digest.day] }),
    index('idle_digest_day').on(digest.day),
  ],
);

/** Existing keys being brought under the maximum lifetime, in steps along their ids. */
export const lifetimeRun = pgTable(
  'lifetime_run',
  {
    /** Shared by the audit events of the run, as `bulk`. */
    id: uuid().primaryKey(),
    /** The maximum lifetime in days at that time. It ends early where the policy has another one by now. */
    days: integer().notNull(),
    /** No key ends earlier than this because of it. */
    graceUntil: timestamp('grace_until', { withTimezone: true }).notNull(),
    total: integer().notNull(),
    changed: integer().notNull().default(0),
    /** The last id that was looked at. */
    afterId: uuid('after_id').notNull().default('00000000-0000-0000-0000-000000000000'),
    startedAt: timestamp('started_at', { withTimezone: true }).notNull().defaultNow(),
    finishedAt: timestamp('finished_at', { withTimezone: true }),
  },
  () => [
    uniqueIndex('lifetime_run_going')
      .on(sql`(finished_at is null)`)
      .where(sql`finished_at is null`),
    check('lifetime_run_days', sql`days between 1 and 3650`),
    check('lifetime_run_counts', sql`total > 0 and changed >= 0`),
  ],
);
