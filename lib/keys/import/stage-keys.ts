import 'server-only';
import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { v7 as uuidv7 } from 'uuid';
import { keyImport } from '@/db/schema/key-import';
import { openTransfer, type Transfer } from '@/db/transfer';
import { authorize, hasRole } from '../../auth/administrator';
import { stillMay } from '../../auth/still-may';
import { isReservedScope } from '../scope';
import { copyColumns, copyLines } from './copy-lines';
import { ImportFileError } from './import-file-error';
import type { Importer } from './importer';
import { judgeStaged } from './judge-staged';
import { readKeyCsv } from './read-key-csv';
import type { KeyLine } from './read-line';
import type { SecretFormat } from './read-secret';
import { sweepStaged } from './sweep-staged';

/** How long a sender may send nothing before the upload is given up, in milliseconds. */
const patience = 60_000;

export type StageKeysResult =
  | { outcome: 'staged'; id: string }
  | { outcome: 'bad-file'; problem: string };

/**
 * The dry run: reads the file as it comes in and keeps its lines, with MACs in place of secrets, for
 * the import. Whatever the same administrator kept before goes. No key is made.
 *
 * @throws TooManyTransfersError
 */
export async function stageKeys(
  importer: Importer,
  source: AsyncIterable<Uint8Array>,
  format: SecretFormat,
): Promise<StageKeysResult> {
  authorize(importer, 'operator');
  const transfer = await openTransfer();
  try {
    await sweepStaged(transfer.database, importer);
    return { outcome: 'staged', id: await stage(transfer, importer, source, format) };
  } catch (error) {
    if (error instanceof ImportFileError) return { outcome: 'bad-file', problem: error.message };
    throw error;
  } finally {
    await transfer.close();
  }
}

async function stage(
  transfer: Transfer,
  importer: Importer,
  source: AsyncIterable<Uint8Array>,
  format: SecretFormat,
): Promise<string> {
  const id = uuidv7();
  const digest = createHash('sha256');
  const seen = { lines: 0, reserved: false };
  const rules = { ...format, mayReserve: hasRole(importer, 'admin'), now: new Date() };
  const lines = noted(readKeyCsv(watched(source, digest), rules), seen);
  await transfer.database.transaction(async (tx) => {
    const copy = copyFrom(`copy key_import_line (${copyColumns}) from stdin`);
    await pipeline(copyLines(id, format.peppers[0].version, lines), transfer.client.query(copy));
    const badCount = await judgeStaged(tx, id);
    await stillMay(tx, importer, seen.reserved ? 'admin' : 'operator');
    await tx.insert(keyImport).values({
      id,
      administratorId: importer.id,
      lineCount: seen.lines,
      badCount,
      reserved: seen.reserved,
      fileDigest: digest.digest(),
    });
  });
  return id;
}

async function* noted(lines: AsyncIterable<KeyLine>, seen: { lines: number; reserved: boolean }) {
  for await (const line of lines) {
    seen.lines += 1;
    seen.reserved ||= line.scopes.some(isReservedScope);
    yield line;
  }
}

/** Digests what comes in, and gives up where nothing does for a minute. */
async function* watched(source: AsyncIterable<Uint8Array>, digest: Hash) {
  const parts = source[Symbol.asyncIterator]();
  try {
    for (;;) {
      const { value, done } = await soon(parts.next());
      if (done) return;
      digest.update(value);
      yield value;
    }
  } finally {
    void parts.return?.().catch(() => undefined);
  }
}

function soon<Value>(coming: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('Nothing comes.')), patience);
    coming.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
