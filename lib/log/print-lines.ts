import 'server-only';
import { escapeAll } from './log';

/**
 * Prints each value as one line of JSON on standard output, in ASCII like the log, whatever the level of the
 * log is. Fails if the lines cannot be written.
 */
export function printLines(values: object[]): Promise<void> {
  const text = values.map((value) => `${escapeAll(JSON.stringify(value))}\n`).join('');
  return new Promise((resolve, reject) => {
    process.stdout.write(text, (error) => (error ? reject(error) : resolve()));
  });
}
