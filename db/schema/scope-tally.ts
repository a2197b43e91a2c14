import { sql } from 'drizzle-orm';
import { bigint, check, index, pgTable } from 'drizzle-orm/pg-core';
import { codePointText } from '../code-point-text';

/**
 * How many live keys have a scope: the sum over its rows, kept by triggers. Each statement adds a row of
 * its own, so that writers never wait for one another here; housekeeping adds them up. No primary key,
 * for nothing names a row.
 */
export const scopeTally = pgTable(
  'scope_tally',
  {
    scope: codePointText().notNull(),
    /** Added by one statement; negative where it took the scope away. */
    keys: bigint({ mode: 'number' }).notNull(),
  },
  (tally) => [
    index('scope_tally_scope').on(tally.scope),
    check('scope_tally_keys', sql`keys <> 0`),
  ],
);
