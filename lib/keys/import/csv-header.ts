import { type CsvHeader, readCsvHeader } from '@/lib/csv/csv-header';

export const columns = [
  'username',
  'name',
  'status',
  'created',
  'expires',
  'scopes',
  'secret',
  'sha256',
] as const;

/** Further columns of an export. They are ignored, so that only secrets must be added to it. */
const exported = ['api key', 'last used', 'id'] as const;

const known = [...columns, ...exported] as const;
export type Column = (typeof known)[number];

/** The columns of the file in their order. */
export function readHeader(cells: string[]): CsvHeader<Column> {
  const header = readCsvHeader(cells, known, unknownColumn);
  if ('problem' in header) return header;
  const has = (column: Column) => header.columns.includes(column);
  if (!has('username')) return { problem: 'The header has no column "username".' };
  if (has('secret') || has('sha256')) return header;
  const neither = 'The header has neither a column "secret" nor "sha256".';
  return {
    problem: has('api key') ? `${neither} An export of Keydesk holds no secrets.` : neither,
  };
}

/**
 * The first line of a file without a header may hold a key. A text is repeated only if it can be nothing but
 * a name.
 */
function unknownColumn(number: number, name: string): string {
  const named = /^\p{L}[\p{L} _-]{0,14}$/u.test(name) ? `: "${name}"` : '';
  return `Column ${number} of the header is unknown${named}. The first line must name the columns: ${columns.join(', ')}.`;
}
