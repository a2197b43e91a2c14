import { bigint, integer, pgTable, primaryKey, text } from 'drizzle-orm/pg-core';

/**
 * The number of live keys and users, for the last page of their lists. It is the sum over the slots, which
 * triggers maintain. Each connection has a slot of its own, so that writers never wait for each other.
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
