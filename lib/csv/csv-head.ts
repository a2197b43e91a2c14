import 'server-only';
import { CsvFileError } from './csv-file-error';

const separators = [',', ';', '\t'] as const;

/** How a file begins: what separates its values, or a line that says nothing of it. */
export type CsvHead = { separator: string | null; next: number };

/**
 * Looks at the line that begins at `at`. The header tells the separator by having more of it than of
 * the others, unless a line `sep=;` before it says so, which Excel writes and hides; that line and
 * empty ones are passed over.
 *
 * @returns null where the line has not come whole
 * @throws CsvFileError where `sep=` names another character
 */
export function readHead(text: string, at: number, isWhole: boolean): CsvHead | null {
  const end = endOfLine(text, at, isWhole);
  if (!end) return null;
  const line = text.slice(at, end.end);
  if (/^[,;\s]*$/.test(line)) return { separator: null, next: end.next };
  const named = /^"?sep=(.)"?[,;\t]*$/i.exec(line)?.[1];
  if (named === undefined) return { separator: mostFrequent(line), next: at };
  if (separators.some((one) => one === named)) return { separator: named, next: end.next };
  throw new CsvFileError(
    `The first line separates values by "${named}". Separate them by commas, semicolons or tabs.`,
  );
}

function endOfLine(text: string, at: number, isWhole: boolean) {
  let isQuoted = false;
  for (let end = at; end < text.length; end += 1) {
    const character = text[end];
    if (character === '"') isQuoted = !isQuoted;
    if (isQuoted || (character !== '\n' && character !== '\r')) continue;
    if (character === '\r' && end + 1 === text.length && !isWhole) return null;
    return { end, next: text.startsWith('\r\n', end) ? end + 2 : end + 1 };
  }
  return isWhole && at < text.length ? { end: text.length, next: text.length } : null;
}

function mostFrequent(line: string): string {
  const bare = line.replace(/"[^"]*"/g, '');
  const count = (separator: string) => bare.split(separator).length;
  return separators.reduce((best, one) => (count(one) > count(best) ? one : best));
}
