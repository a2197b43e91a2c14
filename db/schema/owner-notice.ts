import { sql } from 'drizzle-orm';
import {
  bigint,
  boolean,
  check,
  date,
  index,
  integer,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core';
import { apiKey } from './api-key';
import { directoryUser } from './directory-user';

/**
 * The newest audit event that was looked at for mails to owners, in one row. Without the row, owners are not
 * told.
 */
export const ownerNoticePosition = pgTable(
  'owner_notice_position',
  {
    id: boolean().primaryKey().default(true),
    seq: bigint({ mode: 'number' }).notNull(),
  },
  () => [
    check('owner_notice_position_id', sql`id`),
    check('owner_notice_position_seq', sql`seq >= 0`),
  ],
);

/** Audit events about which an owner is still to be told. Removed when the mail is written. */
export const ownerEvent = pgTable(
  'owner_event',
  {
    seq: bigint({ mode: 'number' }).notNull(),
    ownerId: uuid('owner_id')
      .notNull()
      .references(() => directoryUser.id),
    /** Not a foreign key, which would make a change of the key wait. */
    keyId: uuid('key_id').notNull(),
    /** Events of one change share it and become one mail. */
    change: text().notNull(),
    /** The bulk change that they belong to, whose steps are separate transactions. */
    bulkId: uuid('bulk_id'),
    readAt: timestamp('read_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (event) => [
    primaryKey({ columns: [event.seq, event.ownerId] }),
    index('owner_event_change').on(event.change, event.seq),
  ],
);

/** Records that an owner was told of this expiry date of a key, as `expiry_notice` does for the others. */
export const ownerExpiryNotice = pgTable(
  'owner_expiry_notice',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    days: integer().notNull(),
  },
  (notice) => [
    primaryKey({ columns: [notice.keyId, notice.expiresAt, notice.days] }),
    check('owner_expiry_notice_days', sql`days in (0, 1, 3, 7, 14, 30)`),
  ],
);

/** The days on which a person got the mail about keys that expire: one a day. */
export const ownerDigest = pgTable(
  'owner_digest',
  {
    personId: uuid('person_id')
      .notNull()
      .references(() => directoryUser.id),
    day: date().notNull(),
  },
  (digest) => [
    primaryKey({ columns: [digest.personId, digest.day] }),
    index('owner_digest_day').on(digest.day),
  ],
);
