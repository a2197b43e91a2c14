import { sql } from 'drizzle-orm';
import { bigint, boolean, check, pgTable } from 'drizzle-orm/pg-core';

/** How far audit events were written to standard output, in one row for all instances. */
export const auditLogPosition = pgTable(
  'audit_log_position',
  {
    id: boolean().primaryKey().default(true),
    /** The newest event that was written. */
    seq: bigint({ mode: 'number' }).notNull(),
  },
  () => [check('audit_log_position_id', sql`id`), check('audit_log_position_seq', sql`seq >= 0`)],
);
