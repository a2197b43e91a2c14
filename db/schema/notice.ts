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
  uniqueIndex,
  uuid,
} from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { apiKey } from './api-key';

/** An address to which notices and events are posted, and the secret that signs them. */
export const webhook = pgTable(
  'webhook',
  {
    /** Made by the form. A repeated POST finds it here and adds no second webhook. */
    id: uuid().primaryKey(),
    /** Visible only to admins, because many services put a password into the path. */
    url: text().notNull(),
    active: boolean().notNull().default(true),
    /** It answered 410, so it wants no further messages. */
    refused: boolean().notNull().default(false),
    /** AES-256-GCM of 32 bytes, bound to the id: 12 bytes nonce, 32 text, 16 tag. */
    sealedSecret: bytea('sealed_secret').notNull(),
    /** The former secret also signs until `formerUntil`, so that receivers can switch over. */
    formerSecret: bytea('former_secret'),
    formerUntil: timestamp('former_until', { withTimezone: true }),
    /**
     * The types of messages that it receives; `*` means all, also those of later versions. A webhook that an
     * older release adds receives what that release sends.
     */
    types: text()
      .array()
      .notNull()
      .default(sql`'{key.expiring,key.dead_in_use,key.leaked,account.failed_sign_ins}'`),
    /** The newest audit event that was turned into messages for it. Null if it never wanted events. */
    afterSeq: bigint('after_seq', { mode: 'number' }),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [
    check('webhook_url_length', sql`char_length(url) between 8 and 2000`),
    check('webhook_sealed_secret_length', sql`octet_length(sealed_secret) = 60`),
    check('webhook_former_secret_length', sql`octet_length(former_secret) = 60`),
    check('webhook_former', sql`(former_secret is null) = (former_until is null)`),
    check('webhook_refused', sql`not (active and refused)`),
    check(
      'webhook_types',
      sql`cardinality(types) between 1 and 200 and array_position(types, null) is null`,
    ),
    check('webhook_after_seq', sql`after_seq >= 0`),
  ],
);

/** The recipients of notices by mail, in one row. */
export const noticeRecipients = pgTable(
  'notice_recipients',
  {
    id: boolean().primaryKey().default(true),
    addresses: text().array().notNull().default(sql`'{}'`),
  },
  () => [
    check('notice_recipients_id', sql`id`),
    check(
      'notice_recipients_addresses',
      sql`cardinality(addresses) <= 20 and array_position(addresses, null) is null`,
    ),
  ],
);

/**
 * Records a notice about this expiry date of a key, so that it is sent only once. A new expiry date gets new
 * notices.
 */
export const expiryNotice = pgTable(
  'expiry_notice',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    expiresAt: timestamp('expires_at', { withTimezone: true }).notNull(),
    /** The step: at most this many days before the expiry date. */
    days: integer().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (notice) => [
    primaryKey({ columns: [notice.keyId, notice.expiresAt, notice.days] }),
    check('expiry_notice_days', sql`days in (0, 1, 3, 7, 14, 30)`),
  ],
);

/** Records a notice about calls with a dead secret of this key, at most one a day. */
export const deadNotice = pgTable(
  'dead_notice',
  {
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    day: date().notNull(),
    /** The newest hour of calls in the notice, and how many calls it had then. */
    hour: timestamp({ withTimezone: true }).notNull(),
    calls: bigint({ mode: 'number' }).notNull(),
  },
  (notice) => [
    primaryKey({ columns: [notice.keyId, notice.day] }),
    check('dead_notice_calls', sql`calls > 0`),
  ],
);

/** The exact content sent to all receivers, in every attempt. */
export const noticeMessage = pgTable(
  'notice_message',
  {
    id: uuid().primaryKey(),
    /** A type of notice or an audited action. */
    type: text().notNull(),
    /**
     * JSON as text, because the signature covers exactly these characters. Never a secret, MAC or metadata.
     */
    body: text().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (message) => [
    index('notice_message_created').on(message.createdAt),
    check('notice_message_type', sql`type ~ '^[a-z]+([._-][a-z]+)*$'`),
  ],
);

/** One message to one webhook or one mail address. */
export const noticeDelivery = pgTable(
  'notice_delivery',
  {
    id: uuid().primaryKey(),
    messageId: uuid('message_id')
      .notNull()
      .references(() => noticeMessage.id, { onDelete: 'cascade' }),
    webhookId: uuid('webhook_id').references(() => webhook.id, { onDelete: 'cascade' }),
    recipient: text(),
    state: text({ enum: ['waiting', 'delivered', 'failed'] })
      .notNull()
      .default('waiting'),
    attempts: integer().notNull().default(0),
    /**
     * Time of the next attempt. It is postponed before each attempt, so that another process tries again if
     * this one dies.
     */
    nextAt: timestamp('next_at', { withTimezone: true }).notNull().defaultNow(),
    triedAt: timestamp('tried_at', { withTimezone: true }),
    /** Of the last attempt: the HTTP or SMTP status, the duration, and what went wrong. */
    status: integer(),
    milliseconds: integer(),
    problem: text(),
    /** The mail server refused this address for good. */
    bounced: boolean().notNull().default(false),
  },
  (delivery) => [
    uniqueIndex('notice_delivery_webhook_unique').on(delivery.messageId, delivery.webhookId),
    uniqueIndex('notice_delivery_recipient_unique').on(delivery.messageId, delivery.recipient),
    index('notice_delivery_due')
      .on(delivery.webhookId, delivery.nextAt)
      .where(sql`state = 'waiting'`),
    index('notice_delivery_of_webhook').on(delivery.webhookId, delivery.id.desc().nullsFirst()),
    index('notice_delivery_bounced').on(delivery.recipient).where(sql`bounced`),
    check('notice_delivery_to_one', sql`(webhook_id is null) <> (recipient is null)`),
    check('notice_delivery_state', sql`state in ('waiting', 'delivered', 'failed')`),
    check('notice_delivery_attempts', sql`attempts >= 0`),
  ],
);
