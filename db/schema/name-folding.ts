import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** The rules by which usernames are folded. A row means that no name is left that was folded by others. */
export const nameFolding = pgTable('name_folding', {
  rules: text().primaryKey(),
  doneAt: timestamp('done_at', { withTimezone: true }).notNull().defaultNow(),
});
