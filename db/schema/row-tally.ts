import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/**
 * How many live rows keys and users have in all, for the last page of their lists: the sum over the
 * slots, kept by triggers. Each connection has a slot of its own, so that writers never wait for one
 * another here.
 */
export const rowTally = pgTable(
  'row_tally',
  {
    relation: text().notNull(),
    slot: integer().notNull(),
    live: bigint({ mode: 'number' }).notNull(),
  },
  (tally) => [primaryKey({ columns: [tally.relation, tally.slot] })],
);
