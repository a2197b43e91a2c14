import { sql } from 'drizzle-orm';
import { check, integer, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core';
import { apiKey } from './api-key';
import { directoryUser } from './directory-user';

/** One change of many keys, carried out in steps. The remaining steps may wait a week. */
export const bulkChange = pgTable(
  'bulk_change',
  {
    id: uuid().primaryKey(),
    administratorId: uuid('administrator_id')
      .notNull()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    verb: text({ enum: ['activate', 'deactivate', 'delete'] }).notNull(),
    total: integer().notNull(),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [
    check('bulk_change_verb', sql`verb in ('activate', 'deactivate', 'delete')`),
    check('bulk_change_total', sql`total between 1 and 10000`),
  ],
);

/** The keys of a bulk change in their order, each with its outcome; null until it is processed. */
export const bulkChangeKey = pgTable(
  'bulk_change_key',
  {
    bulkId: uuid('bulk_id')
      .notNull()
      .references(() => bulkChange.id, { onDelete: 'cascade' }),
    position: integer().notNull(),
    keyId: uuid('key_id')
      .notNull()
      .references(() => apiKey.id),
    outcome: text({ enum: ['changed', 'unchanged', 'gone', 'needs-admin', 'waiting'] }),
  },
  (row) => [
    primaryKey({ columns: [row.bulkId, row.position] }),
    check(
      'bulk_change_key_outcome',
      sql`outcome in ('changed', 'unchanged', 'gone', 'needs-admin', 'waiting')`,
    ),
  ],
);
