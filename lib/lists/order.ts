import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { parseValue, type ValueType } from './cursor';

export type Term = {
  value: SQL;
  type: ValueType;
  /** Of a value that is no column: what it is called in the rows of an inner query. */
  as?: string;
};

/** What a list is sorted by, as its index has it: every term in the same direction, the id last. */
export type Order = { terms: Term[]; down: boolean };

/** The other way round, for pages that are read from their end. */
export const reversed = ({ terms, down }: Order): Order => ({ terms, down: !down });

export function orderBy({ terms, down }: Order): SQL {
  const words = terms.map(({ value }) => (down ? sql`${value} desc` : sql`${value} asc`));
  return sql.join(words, sql`, `);
}

/**
 * The columns of an inner query. Values that are no columns must be among them: else PostgreSQL would
 * not know that its rows are in order, and sort them all before it gives out the first.
 */
export function rowColumns({ terms }: Order): SQL {
  const computed = terms.flatMap(({ value, as }) => (as ? [sql`${value} as ${sql.raw(as)}`] : []));
  return sql.join([sql`t.*`, ...computed], sql`, `);
}

/** Only what the index of the order holds, so that far pages are counted off in it alone. */
export function cursorColumns({ terms }: Order): SQL {
  const columns = terms.map(({ value, as }) => (as ? sql`${value} as ${sql.raw(as)}` : value));
  return sql.join(columns, sql`, `);
}

/** The same order for whoever reads such an inner query. */
export function ofRows({ terms, down }: Order): Order {
  const named = terms.map(({ value, type, as }) => ({
    value: as ? sql.raw(`t.${as}`) : value,
    type,
  }));
  return { terms: named, down };
}

/**
 * What comes after the row with these values. PostgreSQL begins to read an index at such a place
 * however far in it is; that is what makes the last page as fast as the first.
 */
export function beyond({ terms, down }: Order, values: string[]): SQL {
  const row = sql.join(
    terms.map(({ value }) => value),
    sql`, `,
  );
  const place = sql.join(
    terms.map(({ type }, index) => parameter(type, values[index] ?? '')),
    sql`, `,
  );
  return down ? sql`(${row}) < (${place})` : sql`(${row}) > (${place})`;
}

/** The values of a row as text, for a cursor. To the microsecond, which a Date does not hold. */
export function cursorValues({ terms }: Order): SQL<string[]> {
  const texts = terms.map(({ value, type }) =>
    type === 'timestamp' ? sql`(${value} at time zone 'UTC')::text` : sql`(${value})::text`,
  );
  return sql<string[]>`array[${sql.join(texts, sql`, `)}]`;
}

function parameter(type: ValueType, text: string): SQL {
  const value = parseValue(type, text);
  if (type === 'timestamp') return sql`(${value}::timestamp at time zone 'UTC')`;
  return sql`${value}::${sql.raw(type)}`;
}
