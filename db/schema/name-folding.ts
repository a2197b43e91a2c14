import { pgTable, text, timestamp } from 'drizzle-orm/pg-core';

/** By which rules all usernames are folded: a row says that none is left that was folded otherwise. */
export const nameFolding = pgTable('name_folding', {
  rules: text().primaryKey(),
  doneAt: timestamp('done_at', { withTimezone: true }).notNull().defaultNow(),
});
