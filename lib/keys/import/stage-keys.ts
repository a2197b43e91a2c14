import 'server-only';
import { createHash, type Hash } from 'node:crypto';
import { pipeline } from 'node:stream/promises';
import { from as copyFrom } from 'pg-copy-streams';
import { v7 as uuidv7 } from 'uuid';
import { keyImport } from '@/db/schema/key-import';
import { openTransfer, type Transfer } from '@/db/transfer';
import { Peer, sentBy } from '@/db/transfer-peer';
import { authorize, hasRole } from '@/lib/access/administrator';
import { stillMay } from '@/lib/access/still-may';
import { isReservedScope } from '../service-key';
import { copyColumns, copyLines } from './copy-lines';
import { brokenOff, ImportFileError } from './import-file-error';
import type { Importer } from './importer';
import { judgeStaged } from './judge-staged';
import { readKeyCsv } from './read-key-csv';
import type { KeyLine } from './read-line';
import type { SecretFormat } from './read-secret';
import { sweepStaged } from './sweep-staged';

export type StageKeysResult =
  | { outcome: 'staged'; id: string }
  | { outcome: 'bad-file'; problem: string };

/**
 * The dry run. Reads the file as it arrives and stages its lines for the import, with MACs in place of
 * secrets. Replaces what this administrator staged before. Makes no key.
 *
 * @throws TooManyTransfersError
 * @throws TransferEndedError if the file arrived too slowly, or another transfer of the same person ended
 * this one
 */
export async function stageKeys(
  importer: Importer,
  source: AsyncIterable<Uint8Array>,
  format: SecretFormat,
  peer = new Peer(importer.id),
): Promise<StageKeysResult> {
  authorize(importer, 'operator');
  const parts = sentBy(peer, source);
  try {
    return { outcome: 'staged', id: await stageParts(peer, importer, parts, format) };
  } catch (error) {
    // Any other error is a consequence of the abort.
    if (peer.signal.aborted) throw peer.signal.reason;
    if (error instanceof ImportFileError) return { outcome: 'bad-file', problem: error.message };
    throw error;
  } finally {
    await parts.return(undefined);
  }
}

async function stageParts(
  peer: Peer,
  importer: Importer,
  parts: AsyncGenerator<Uint8Array>,
  format: SecretFormat,
): Promise<string> {
  // Opens no connection for a sender who sends nothing.
  const first = await parts.next().catch(() => {
    throw new ImportFileError(brokenOff);
  });
  const transfer = await openTransfer(peer);
  try {
    await sweepStaged(transfer.database, importer);
    return await stage(transfer, importer, resumed(first, parts), format);
  } finally {
    await transfer.close();
  }
}

async function* resumed(
  first: IteratorResult<Uint8Array>,
  parts: AsyncGenerator<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  if (first.done) return;
  yield first.value;
  yield* parts;
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
  const lines = noted(readKeyCsv(digested(source, digest), rules), seen);
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

async function* digested(source: AsyncIterable<Uint8Array>, digest: Hash) {
  for await (const part of source) {
    digest.update(part);
    yield part;
  }
}
