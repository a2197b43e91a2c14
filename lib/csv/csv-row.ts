import 'server-only';
import { CsvFileError } from './csv-file-error';

/** A record of the file. `line` is where it begins. */
export type CsvRow = { line: number; cells: string[] };

/** A record and the position after it. `isEmpty`: it has only separators and blanks. */
export type ScannedRow = { cells: string[]; isEmpty: boolean; lines: number; next: number };

const [quote, lineFeed, carriageReturn] = [0x22, 0x0a, 0x0d];

/**
 * Reads the record at `at` strictly by RFC 4180. A line may end with CRLF, LF or CR.
 *
 * @param line its number, for error messages
 * @returns null if the record is not complete yet
 * @throws CsvFileError if a quote is misplaced or never closed
 */
export function scanRow(
  text: string,
  at: number,
  separator: string,
  line: number,
  isWhole: boolean,
): ScannedRow | null {
  const comma = separator.charCodeAt(0);
  const cells: string[] = [];
  let [next, lines, hasQuotes] = [at, 1, false];
  for (;;) {
    const isQuoted = text.charCodeAt(next) === quote;
    const end = isQuoted ? endOfQuoted(text, next) : endOfBare(text, next, comma);
    if ((end < 0 || end >= text.length) && !isWhole) return null;
    if (end < 0 || !endsCell(text, end, comma)) throw badQuote(line + lines - 1);
    const cell = isQuoted
      ? text.slice(next + 1, end - 1).replaceAll('""', '"')
      : text.slice(next, end);
    cells.push(cell);
    hasQuotes ||= isQuoted;
    if (isQuoted) lines += cell.match(/\r\n?|\n/g)?.length ?? 0;
    next = end + 1;
    if (text.charCodeAt(end) === comma) continue;
    if (text.charCodeAt(end) === carriageReturn) {
      if (next >= text.length && !isWhole) return null;
      if (text.charCodeAt(next) === lineFeed) next += 1;
    }
    const isEmpty = !hasQuotes && cells.every((one) => one.trim() === '');
    return { cells, isEmpty, lines, next };
  }
}

/** The position after the closing quote; -1 if there is none. */
function endOfQuoted(text: string, open: number): number {
  for (let from = open + 1; ; from += 2) {
    from = text.indexOf('"', from);
    if (from < 0) return -1;
    if (text.charCodeAt(from + 1) !== quote) return from + 1;
  }
}

function endOfBare(text: string, from: number, comma: number): number {
  for (let at = from; at < text.length; at += 1) {
    const code = text.charCodeAt(at);
    if (code === comma || code === lineFeed || code === carriageReturn || code === quote) return at;
  }
  return text.length;
}

function endsCell(text: string, at: number, comma: number): boolean {
  const code = text.charCodeAt(at);
  return at >= text.length || code === comma || code === lineFeed || code === carriageReturn;
}

function badQuote(line: number): CsvFileError {
  return new CsvFileError(
    `Line ${line} is not CSV: a quote stands where none can, or is never closed.`,
  );
}
