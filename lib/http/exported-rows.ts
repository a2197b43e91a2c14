import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { to as copyTo } from 'pg-copy-streams';
import { openTransfer, type Transfer } from '@/db/transfer';
import { Peer, takenBy } from '@/db/transfer-peer';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import type { CsvParts } from './csv-file';

/** What became of an export: whole with its rows, or cut off. */
export type Came = { rows: number } | { cutOffAfterBytes: number };

export type Exported = {
  /** The administrator to whom the rows go. */
  personId: string;
  /** The rows, with the columns of the file by name. */
  query: () => Promise<SQL>;
  /** Says in the audit that it was taken; called once. */
  record: (came: Came) => Promise<void>;
  longestPause?: number | undefined;
};

/**
 * Rows as CSV, written by PostgreSQL and read from it no faster than the reader takes them. At the end,
 * whole or cut off, it is recorded. What is abandoned stops the query.
 *
 * @throws TooManyTransfersError with the first part
 * @throws TransferEndedError where it is read too slowly, or another of the same person ended it
 */
export function exportedRows(exported: Exported): CsvParts {
  const peer = new Peer(exported.personId, exported.longestPause);
  return Object.assign(partsOf(exported, peer), { ended: peer.signal });
}

async function* partsOf({ query, record }: Exported, peer: Peer) {
  const transfer = await openTransfer(peer);
  let bytes = 0;
  let isWhole = false;
  try {
    const stream = transfer.client.query(
      copyTo(copyText(await query()), { highWaterMark: 262_144 }),
    );
    peer.signal.addEventListener('abort', () => stream.destroy(peer.signal.reason));
    for await (const part of takenBy(peer, stream as AsyncIterable<Buffer>)) {
      bytes += part.length;
      yield part;
    }
    // The count comes after the last row; behind it, this query.
    await transfer.client.query('select 1');
    await record({ rows: stream.rowCount });
    isWhole = true;
  } catch (error) {
    // Whatever else broke broke because of it.
    throw peer.signal.aborted ? peer.signal.reason : error;
  } finally {
    await (isWhole ? transfer.close() : cutOff(transfer, record, bytes));
  }
}

async function cutOff(transfer: Transfer, record: Exported['record'], bytes: number) {
  await transfer.abort();
  await record({ cutOffAfterBytes: bytes }).catch((error: unknown) =>
    log.error('export not recorded', describeError(error)),
  );
}

/** COPY takes no parameters: the filter stands in it as literals, quoted by Drizzle. */
function copyText(query: SQL): string {
  const copy = sql`copy (${query}) to stdout with (format csv, header)`;
  const { sql: text, params } = new PgDialect().sqlToQuery(copy.inlineParams());
  if (params.length > 0) throw new Error('COPY takes no parameters.');
  return text;
}
