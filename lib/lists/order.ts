import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { parseValue, type ValueType } from './cursor';

export type Term = {
  value: SQL;
  type: ValueType;
  /** For a computed value: its name in the rows of an inner query. */
  as?: string;
};

/**
 * The terms that a list is sorted by, in the order of its index. All have the same direction, and the id is
 * last.
 */
export type Order = { terms: Term[]; down: boolean };

/** The opposite direction, for pages that are read from their end. */
export const reversed = ({ terms, down }: Order): Order => ({ terms, down: !down });

export function orderBy({ terms, down }: Order): SQL {
  const words = terms.map(({ value }) => (down ? sql`${value} desc` : sql`${value} asc`));
  return sql.join(words, sql`, `);
}

/**
 * The columns of an inner query. They must include computed values. Otherwise PostgreSQL does not know that
 * its rows are in order, and sorts them all before it returns the first.
 */
export function rowColumns({ terms }: Order): SQL {
  const computed = terms.flatMap(({ value, as }) => (as ? [sql`${value} as ${sql.raw(as)}`] : []));
  return sql.join([sql`t.*`, ...computed], sql`, `);
}

/** Only columns in the index of the order, so that offsets to far pages read only the index. */
export function cursorColumns({ terms }: Order): SQL {
  const columns = terms.map(({ value, as }) => (as ? sql`${value} as ${sql.raw(as)}` : value));
  return sql.join(columns, sql`, `);
}

/** The same order for a query around such an inner query. */
export function ofRows({ terms, down }: Order): Order {
  const named = terms.map(({ value, type, as }) => ({
    value: as ? sql.raw(`t.${as}`) : value,
    type,
  }));
  return { terms: named, down };
}

/**
 * The condition for rows after the row with these values. PostgreSQL starts to read an index there, at any
 * depth, so the last page is as fast as the first.
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

/** The values of a row as text for a cursor. To the microsecond, which a Date cannot hold. */
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
