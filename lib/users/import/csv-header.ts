import { type CsvHeader, readCsvHeader } from '@/lib/csv/csv-header';
import { type Column, columns } from './csv-columns';
import { importMessages } from './import-messages';

/** Which column stands where. All but `username` may be missing; others than these may not be there. */
export function readHeader(cells: string[]): CsvHeader<Column> {
  const header = readCsvHeader(cells, columns, unknownColumn);
  if ('problem' in header || header.columns.includes('username')) return header;
  return { problem: importMessages.noUsername };
}

function unknownColumn(number: number, name: string): string {
  return importMessages.unknownColumn(number, name.slice(0, 60));
}
