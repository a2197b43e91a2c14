import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { mostWrongCodes } from './hand-over-input';

/**
 * A condition on hand-overs: nobody collected it, and nobody meant it to end. Its term is over, or the last
 * code that may be tried was wrong.
 */
export function endedUncollected(row: string): SQL {
  const one = sql.raw(row);
  return sql`(${one}.state = 'expired'
    or (${one}.state = 'ended' and ${one}.wrong_codes = ${sql.raw(String(mostWrongCodes))}))`;
}
