import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { PgDialect } from 'drizzle-orm/pg-core';
import { to as copyTo } from 'pg-copy-streams';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { keyLastUse } from '@/db/schema/key-last-use';
import { openTransfer, type Transfer } from '@/db/transfer';
import { Peer, takenBy } from '@/db/transfer-peer';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { csvMoment, csvText } from '@/lib/csv/csv-sql';
import type { CsvParts } from '@/lib/http/csv-file';
import { wholeOf } from '@/lib/lists/whole';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import type { KeyFilter } from './key-input';
import { isBeginning, keyList } from './key-list';
import { keyHint, keyStatus } from './key-summary';

/**
 * The keys of the report as CSV, written by PostgreSQL and read only as fast as the receiver takes it. One
 * event at the end records the export, complete or cut off. Abandoning the export stops the query.
 *
 * @throws TooManyTransfersError with the first part
 * @throws TransferEndedError if it is read too slowly, or another transfer of the same person ended it
 */
export function exportKeys(
  administrator: Administrator,
  filter: KeyFilter,
  longestPause?: number,
): CsvParts {
  authorize(administrator, 'viewer');
  const peer = new Peer(administrator.id, longestPause);
  return Object.assign(partsOf(administrator, filter, peer), { ended: peer.signal });
}

async function* partsOf(administrator: Administrator, filter: KeyFilter, peer: Peer) {
  const transfer = await openTransfer(peer);
  let bytes = 0;
  let isWhole = false;
  try {
    const stream = transfer.client.query(
      copyTo(await copyText(filter), { highWaterMark: 262_144 }),
    );
    peer.signal.addEventListener('abort', () => stream.destroy(peer.signal.reason));
    for await (const part of takenBy(peer, stream as AsyncIterable<Buffer>)) {
      bytes += part.length;
      yield part;
    }
    // The row count arrives after the last row, and this query after the count.
    await transfer.client.query('select 1');
    await record(administrator, filter, { keys: stream.rowCount });
    isWhole = true;
  } catch (error) {
    // Any other error is a consequence of the abort.
    throw peer.signal.aborted ? peer.signal.reason : error;
  } finally {
    await (isWhole ? transfer.close() : cutOff(transfer, administrator, filter, bytes));
  }
}

async function cutOff(
  transfer: Transfer,
  administrator: Administrator,
  filter: KeyFilter,
  bytes: number,
) {
  await transfer.abort();
  await record(administrator, filter, { cutOffAfterBytes: bytes }).catch((error: unknown) =>
    log.error('export not recorded', describeError(error)),
  );
}

async function record(
  administrator: Administrator,
  { username, status, owner }: KeyFilter,
  came: { keys: number } | { cutOffAfterBytes: number },
) {
  const details = {
    ...(owner ? { owner } : {}),
    ...(username ? { username } : {}),
    ...(status ? { status } : {}),
    ...came,
  };
  const target = { type: 'key', id: null, label: 'API keys' } as const;
  await database().transaction((tx) =>
    recordEvent(tx, administrator, 'key.export', target, { details }),
  );
}

/** COPY takes no parameters, so Drizzle quotes the filter and puts it in as literals. */
async function copyText(filter: KeyFilter): Promise<string> {
  const status = sql`initcap(${keyStatus})`;
  const found = await wholeOf(keyList(filter, await isBeginning(filter)));
  const query = sql`copy (
    select ${csvText(directoryUser.username)} as "Username", ${csvText(apiKey.name)} as "Name",
      ${status} as "Status", ${csvText(keyHint)} as "API Key",
      ${csvText(sql`array_to_string(${apiKey.scopes}, ' ')`)} as "Scopes",
      ${csvMoment(apiKey.createdAt)} as "Created", ${csvMoment(sql`nullif(${keyLastUse.usedAt}, '-infinity')`)} as "Last used",
      ${csvMoment(apiKey.expiresAt)} as "Expires", ${apiKey.id} as "Id"
    from (${found}) ${apiKey} inner join ${directoryUser} on ${eq(directoryUser.id, apiKey.ownerId)}
      inner join ${keyLastUse} on ${eq(keyLastUse.keyId, apiKey.id)}
    order by ${apiKey.createdAt} desc, ${apiKey.id} desc
  ) to stdout with (format csv, header)`;
  const { sql: text, params } = new PgDialect().sqlToQuery(query.inlineParams());
  if (params.length > 0) throw new Error('COPY takes no parameters.');
  return text;
}
