import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable } from 'drizzle-orm/pg-core';
import { codePointText } from '../code-point-text';

/**
 * How many live keys have a scope: the sum over its rows, which triggers maintain. Each statement adds a row
 * of its own, so that writers never wait for each other. Housekeeping merges the rows. No primary key,
 * because nothing refers to a row.
 */
export const scopeTally = pgTable(
  'scope_tally',
  {
    scope: codePointText().notNull(),
    /** Added by one statement; negative if it removed the scope. */
    keys: bigint({ mode: 'number' }).notNull(),
  },
  (tally) => [
    index('scope_tally_scope').on(tally.scope),
    check('scope_tally_keys', sql`keys <> 0`),
  ],
);
