import 'server-only';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { CsvError, parse } from 'csv-parse';
import { readHeader } from './csv-header';
import { ImportFileError } from './import-file-error';
import { type KeyLine, type LineRules, readLine } from './read-line';

export const mostKeys = 1_000_000;
const longestLine = 4_000;

/**
 * Reads a CSV file of keys as it comes in, as RFC 4180 says, strictly; knows nothing of who exists.
 *
 * @throws ImportFileError where the file is none of keys. No other error leaves: those of the parser
 *   hold the line that it choked on.
 */
export async function* readKeyCsv(
  source: AsyncIterable<Uint8Array>,
  rules: Omit<LineRules, 'columns'>,
): AsyncGenerator<KeyLine> {
  const parser = parse({
    bom: true,
    record_delimiter: ['\r\n', '\n'],
    // Judged line by line, so that one bad line does not hide the others.
    relax_column_count: true,
    max_record_size: longestLine,
  });
  const feeding = pipeline(Readable.from(requireUtf8(source)), parser).catch(() => undefined);
  let lineRules: LineRules | null = null;
  let [next, keys] = [1, 0];
  try {
    for await (const record of parser as AsyncIterable<string[]>) {
      const line = next;
      next += linesOf(record);
      if (!lineRules) {
        lineRules = { ...rules, columns: columnsOf(record) };
        continue;
      }
      keys += 1;
      if (keys > mostKeys) throw new ImportFileError('The file has more than 1,000,000 keys.');
      yield readLine(record, line, lineRules);
    }
    if (!lineRules) throw new ImportFileError('The file is empty.');
    if (keys === 0) throw new ImportFileError('The file has no keys below its header.');
  } catch (error) {
    if (error instanceof ImportFileError) throw error;
    if (error instanceof CsvError) throw new ImportFileError(explain(error));
    throw new ImportFileError('The file did not arrive whole. Send it again.');
  } finally {
    parser.destroy();
    await feeding;
  }
}

/** Counted here, for what the parser would tell of each record costs a tenth of the whole check. */
function linesOf(record: string[]): number {
  let lines = 1;
  for (const cell of record) {
    for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) lines += 1;
  }
  return lines;
}

function columnsOf(record: string[]) {
  const header = readHeader(record);
  if ('problem' in header) throw new ImportFileError(header.problem);
  return header.columns;
}

async function* requireUtf8(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const check = (chunk?: Uint8Array) => {
    try {
      decoder.decode(chunk, { stream: chunk !== undefined });
    } catch {
      throw new ImportFileError('The file is not UTF-8 text. Save it as CSV UTF-8.');
    }
  };
  for await (const chunk of source) {
    check(chunk);
    yield chunk;
  }
  check();
}

function explain(error: CsvError): string {
  const at = `Line ${Number(error.lines ?? 0)}`;
  if (error.code === 'CSV_MAX_RECORD_SIZE') {
    return `${at} is longer than ${longestLine.toLocaleString('en')} characters; perhaps a quote is never closed.`;
  }
  return `${at} is not CSV: a quote stands where none can, or is never closed.`;
}
