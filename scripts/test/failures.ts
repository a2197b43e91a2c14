import { stripVTControlCharacters } from 'node:util';
import type { Failure } from './results';

const mostFailures = 10;
const mostLines = 6;

/**
 * The failed tests with the first lines of their reasons. They are printed last, because an excerpt of a long
 * run usually shows its end.
 */
export function listFailures(failures: Failure[]): string {
  const shown = failures.slice(0, mostFailures).map(({ name, reason }) => {
    const lines = stripVTControlCharacters(reason)
      .split('\n')
      .filter((line) => line.trim() !== '');
    return [`FAILED ${name}`, ...lines.slice(0, mostLines).map((line) => `    ${line}`)].join('\n');
  });
  const more = failures.length - mostFailures;
  return [...shown, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
