import 'server-only';
import { CsvFileError } from './csv-file-error';

const separators = [',', ';', '\t'] as const;

/** The beginning of a file: the separator of its values, or null if the line does not show it. */
export type CsvHead = { separator: string | null; next: number };

/**
 * Reads the line that begins at `at`. The separator is the character that occurs most often in the header,
 * unless a line such as `sep=;` names it before. Excel writes that line and hides it. That line and empty
 * lines are skipped.
 *
 * @returns null if the line is not complete yet
 * @throws CsvFileError if `sep=` names another character
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
