import { sql } from 'drizzle-orm';
import { check, index, integer, jsonb, pgTable, timestamp, uuid } from 'drizzle-orm/pg-core';
import { directoryUser, type kinds } from './directory-user';

/** A line of a CSV file of users. `problem` says why it can never become a user. */
export type UserLine = {
  line: number;
  username: string;
  displayName: string;
  email: string;
  active: boolean;
  /** Missing in lines that an older release keeps: a person. */
  kind?: (typeof kinds)[number];
  /** The username of the person who answers for a service; empty for nobody. */
  responsible?: string;
  problem: string | null;
};

/**
 * A checked file of users that may be imported, so that the second step needs no second upload. Kept for an
 * hour, and visible only to the administrator who checked it.
 */
export const userImport = pgTable(
  'user_import',
  {
    id: uuid().primaryKey(),
    administratorId: uuid('administrator_id')
      .notNull()
      .references(() => directoryUser.id, { onDelete: 'cascade' }),
    lines: jsonb().$type<UserLine[]>().notNull(),
    lineCount: integer('line_count').notNull(),
    /** Progress of a running import. Written outside its transaction. */
    progress: integer().notNull().default(0),
    createdAt: timestamp('created_at', { withTimezone: true }).notNull().defaultNow(),
  },
  (row) => [
    index('user_import_administrator').on(row.administratorId),
    check('user_import_line_count', sql`line_count between 1 and 10000`),
    check('user_import_progress', sql`progress between 0 and line_count`),
  ],
);
