import { type CsvHeader, readCsvHeader } from '@/lib/csv/csv-header';

export const columns = ['username', 'display_name', 'email', 'active'] as const;
export type Column = (typeof columns)[number];

/** Which column stands where. All but `username` may be missing; others than these may not be there. */
export function readHeader(cells: string[]): CsvHeader<Column> {
  const header = readCsvHeader(cells, columns, unknownColumn);
  if ('problem' in header || header.columns.includes('username')) return header;
  return { problem: 'The header has no column "username".' };
}

function unknownColumn(number: number, name: string): string {
  return `Unknown column "${name.slice(0, 60)}" in the header (column ${number}). The first line must name the columns: ${columns.join(', ')}.`;
}
