import 'server-only';
import { CsvFileError } from '@/lib/csv/csv-file-error';
import { CsvReader } from '@/lib/csv/csv-reader';
import type { CsvRow } from '@/lib/csv/csv-row';
import { readHeader } from './csv-header';
import { brokenOff, ImportFileError } from './import-file-error';
import { type KeyLine, type LineRules, readLine } from './read-line';

export const mostKeys = 1_000_000;
const longestLine = 4_000;
/** Bytes of all lines together. No file of keys needs more. */
export const mostBytes = mostKeys * longestLine;

/**
 * Reads a CSV file of keys as it arrives, without knowledge of the directory.
 *
 * @throws ImportFileError if it is not a file of keys; it throws no other error
 */
export async function* readKeyCsv(
  source: AsyncIterable<Uint8Array>,
  rules: Omit<LineRules, 'columns'>,
): AsyncGenerator<KeyLine> {
  let lineRules: LineRules | null = null;
  let keys = 0;
  try {
    for await (const { cells, line } of rowsOf(source)) {
      if (!lineRules) {
        lineRules = { ...rules, columns: columnsOf(cells) };
        continue;
      }
      keys += 1;
      if (keys > mostKeys) throw new ImportFileError('The file has more than 1,000,000 keys.');
      yield readLine(cells, line, lineRules);
    }
  } catch (error) {
    if (error instanceof ImportFileError) throw error;
    if (error instanceof CsvFileError) throw new ImportFileError(error.message);
    throw new ImportFileError(brokenOff);
  }
  if (!lineRules) throw new ImportFileError('The file is empty.');
  if (keys === 0) throw new ImportFileError('The file has no keys below its header.');
}

async function* rowsOf(source: AsyncIterable<Uint8Array>): AsyncGenerator<CsvRow> {
  const reader = new CsvReader(longestLine);
  let bytes = 0;
  for await (const part of source) {
    bytes += part.length;
    if (bytes > mostBytes) throw new ImportFileError('The file is larger than 4 GB.');
    yield* reader.push(part);
  }
  yield* reader.end();
}

function columnsOf(cells: string[]) {
  const header = readHeader(cells);
  if ('problem' in header) throw new ImportFileError(header.problem);
  return header.columns;
}
