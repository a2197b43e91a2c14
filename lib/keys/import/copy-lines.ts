import 'server-only';
import { randomFillSync } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { KeyLine } from './read-line';

/** The columns in the order in which {@link copyLine} writes them. */
export const copyColumns = `import_id, line, key_id, username, name, active, scopes, created_at,
  expires_at, mac, pepper, older_macs, secret_prefix, secret_first, secret_last, problem`;

/** Characters sent to the database at a time. */
const batchLength = 65_536;

/** Writes lines in the text format of COPY, many at a time. */
export async function* copyLines(
  importId: string,
  pepper: number,
  lines: AsyncIterable<KeyLine>,
): AsyncGenerator<Buffer> {
  const nextId = idsInOrder();
  let batch = '';
  for await (const line of lines) {
    batch += copyLine(importId, nextId(), pepper, line);
    if (batch.length < batchLength) continue;
    yield Buffer.from(batch);
    batch = '';
  }
  if (batch !== '') yield Buffer.from(batch);
}

function copyLine(importId: string, keyId: string, pepper: number, line: KeyLine): string {
  const { secret } = line;
  const cells = [
    importId,
    line.line,
    keyId,
    escaped(line.username),
    escaped(line.name),
    line.active ? 't' : 'f',
    // Names of scopes contain neither quotes nor backslashes.
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

/** Makes ids like `uuidv7`, but reads random bytes 4,096 times less often, which is most of its cost. */
function idsInOrder(): () => string {
  const pool = Buffer.alloc(65_536);
  let at = pool.length;
  let seq = 0;
  return () => {
    if (at === pool.length) {
      randomFillSync(pool);
      at = 0;
    }
    const random = pool.subarray(at, at + 16);
    at += 16;
    seq += 1;
    return uuidv7({ random, seq });
  };
}

const bytes = (mac: Buffer) => `\\\\x${mac.toString('hex')}`;

const escapes: Record<string, string> = { '\\': '\\\\', '\t': '\\t', '\n': '\\n', '\r': '\\r' };

function escaped(text: string): string {
  return /[\\\t\n\r]/.test(text)
    ? text.replace(/[\\\t\n\r]/g, (character) => escapes[character] ?? '')
    : text;
}
