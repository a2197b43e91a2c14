import { sql } from 'drizzle-orm';
import { check, index, pgTable, primaryKey, timestamp, uuid } from 'drizzle-orm/pg-core';
import { bytea } from '../bytea';
import { apiKey } from './api-key';

/**
 * Requests to the management API that were done under an `Idempotency-Key`, by caller. Rows are kept for a
 * day. The idempotency key and the request are stored as MACs only.
 */
export const apiRequest = pgTable(
  'api_request',
  {
    /** The service key of the caller. */
    callerId: uuid('caller_id')
      .notNull()
      .references(() => apiKey.id, { onDelete: 'cascade' }),
    keyMac: bytea('key_mac').notNull(),
    requestMac: bytea('request_mac').notNull(),
    /** The record that the request made or changed. */
    recordId: uuid('record_id').notNull(),
    /** The answer, sealed under the idempotency key itself. Removed after ten minutes. */
    sealedAnswer: bytea('sealed_answer'),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (request) => [
    primaryKey({ columns: [request.callerId, request.keyMac] }),
    index('api_request_sealed').on(request.createdAt).where(sql`sealed_answer is not null`),
    index('api_request_created').on(request.createdAt),
    check(
      'api_request_mac_length',
      sql`octet_length(key_mac) = 32 and octet_length(request_mac) = 32`,
    ),
  ],
);
