import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { KeyLine } from './read-line';

/** In the order in which {@link copyLine} writes them. */
export const copyColumns = `import_id, line, key_id, username, name, active, scopes, created_at,
  expires_at, mac, pepper, older_macs, secret_prefix, secret_first, secret_last, problem`;

/** Text that goes to the database at once. */
const batchLength = 65_536;

/** Writes lines in the text format of COPY, many at a time. */
export async function* copyLines(
  importId: string,
  pepper: number,
  lines: AsyncIterable<KeyLine>,
): AsyncGenerator<Buffer> {
  let batch = '';
  for await (const line of lines) {
    batch += copyLine(importId, pepper, line);
    if (batch.length < batchLength) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}

function copyLine(importId: string, pepper: number, line: KeyLine): string {
  const { secret } = line;
  const cells = [
    importId,
    line.line,
    uuidv7(),
    escaped(line.username),
    escaped(line.name),
    line.active ? 't' : 'f',
    // The names hold neither quotes nor backslashes.
    `{${line.scopes.map((scope) => `"${scope}"`).join(',')}}`,
    line.created?.toISOString() ?? '\\N',
    line.expires?.toISOString() ?? '\\N',
    secret ? bytes(secret.mac) : '\\N',
    pepper,
    `{${secret?.olderMacs.map((mac) => `"\\\\${bytes(mac)}"`).join(',') ?? ''}}`,
    secret?.secretPrefix ?? '',
    escaped(secret?.secretFirst ?? ''),
    escaped(secret?.secretLast ?? ''),
    line.problem === null ? '\\N' : escaped(line.problem),
  ];
  return `${cells.join('\t')}\n`;
}

const bytes = (mac: Buffer) => `\\\\x${mac.toString('hex')}`;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '')
    : text;
}
