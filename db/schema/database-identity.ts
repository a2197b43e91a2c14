import { sql } from 'drizzle-orm';
import { bigint, boolean, check, pgTable, text, timestamp, uuid } from 'drizzle-orm/pg-core';

/**
 * Which database this is, in one row that the first start writes. A dump, a copy and a backup carry it to another
 * place, where it does not fit. See `db/identity.ts`.
 */
export const databaseIdentity = pgTable(
  'database_identity',
  {
    id: boolean().primaryKey().default(true),
    /** The identifier that PostgreSQL gave to the cluster when it was made. */
    system: text().notNull(),
    databaseOid: bigint('database_oid', { mode: 'number' }).notNull(),
    /** The oid of this table. A dump that is restored into the same database makes another one. */
    tableOid: bigint('table_oid', { mode: 'number' }).notNull(),
    /** Eight hexadecimal digits. Each promotion of a standby begins another timeline. */
    timeline: text().notNull(),
    /** Another one after each `after-restore`. */
    mark: uuid().notNull().default(sql`gen_random_uuid()`),
    /** An anchor that the audit should have contained at a start. While it is set, the database counts as restored. */
    missingAnchor: text('missing_anchor'),
    /** The anchor that was missing when somebody ran `after-restore`. It is not asked for again. */
    acceptedAnchor: text('accepted_anchor'),
    keptAt: timestamp('kept_at', { withTimezone: true }).notNull().defaultNow(),
  },
  () => [
    check('database_identity_id', sql`id`),
    check('database_identity_timeline', sql`timeline ~ '^[0-9A-F]{8}$'`),
  ],
);
