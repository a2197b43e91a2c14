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

/** What an export has beside: passed over, so that secrets need only be added to it. */
const exported = ['api key', 'last used', 'id'] as const;

const known = [...columns, ...exported] as const;
export type Column = (typeof known)[number];

/** Which column stands where. */
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

/** A file without a header begins with a key: only what can be nothing but a name is repeated. */
function unknownColumn(number: number, name: string): string {
  const named = /^\p{L}[\p{L} _-]{0,14}$/u.test(name) ? `: "${name}"` : '';
  return `Column ${number} of the header is unknown${named}. The first line must name the columns: ${columns.join(', ')}.`;
}
