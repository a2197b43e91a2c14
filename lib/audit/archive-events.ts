import 'server-only';
import { rm } from 'node:fs/promises';
import { sql } from 'drizzle-orm';
import { drizzle } from 'drizzle-orm/node-postgres';
import { type Database, database, openPool } from '@/db/client';
import { digestOf, readArchive, writeArchive } from './archive-file';
import { type ArchiveDetails, findArchivedLink } from './archived-link';
import { genesis, type Link, writeAnchor } from './chain';
import { type AuditActor, recordEvent } from './record-event';
import { readEvents } from './stored-events';
import { type ChainFault, verifyChain } from './verify-chain';

/** Events removed by one transaction. Whoever changes something waits meanwhile, for a fraction of a second. */
const removedAtOnce = 10_000;

export type Archived =
  | { outcome: 'archived'; first: number; through: Link; sha256: string }
  | { outcome: 'nothing' }
  | { outcome: 'bad'; fault: ChainFault };

type Order = {
  before: Date;
  path: string;
  /** The address of the database as the role that owns the table. Nobody else may remove events. */
  ownerUrl: string | undefined;
  /** Tests remove fewer events at once. */
  step?: number;
};

/**
 * Moves all events before a time into a file. The file is written and checked together with what stays, and only
 * then are the events removed. Each removal writes an event that names the last link of what is gone, so that what
 * stays can be verified without the file, and the file together with it.
 */
export async function archiveEvents(actor: AuditActor, order: Order): Promise<Archived> {
  const { before, path, ownerUrl, step = removedAtOnce } = order;
  const after = await findArchivedLink();
  const range = await findRange(before);
  if (!range) return { outcome: 'nothing' };
  await writeArchive(path, after, readEvents(undefined, String(range.through)));
  const { fault } = await verifyChain({ archives: [await readArchive(path)] });
  if (fault) {
    await rm(path);
    return { outcome: 'bad', fault };
  }
  const sha256 = await digestOf(path);
  const through = await removeThrough(actor, range, { sha256, ownerUrl, step });
  return { outcome: 'archived', first: range.first, through, sha256 };
}

type Range = { first: number; through: number };

/** All events before the first that is not old. The time decides, but never leaves a gap. */
async function findRange(before: Date): Promise<Range | null> {
  const { rows } = await database().execute<{ first: string | null; through: string | null }>(sql`
    select min(seq)::text as first, max(seq)::text as through from audit_event
    where seq < coalesce((select min(seq) from audit_event where at >= ${before.toISOString()}::timestamptz),
      9223372036854775807)`);
  const [row] = rows;
  if (!row?.first || !row.through) return null;
  return { first: Number(row.first), through: Number(row.through) };
}

/** In steps, each of which leaves a chain that can be verified. */
async function removeThrough(
  actor: AuditActor,
  { first, through }: Range,
  { sha256, ownerUrl, step }: { sha256: string; ownerUrl: string | undefined; step: number },
): Promise<Link> {
  const pool = openPool(
    { application_name: 'keydesk archive', lock_timeout: 10_000, statement_timeout: 60_000 },
    { max: 1, connectionTimeoutMillis: 5_000 },
    ownerUrl,
  );
  try {
    let link = genesis;
    for (let from = first; from <= through; from += step) {
      const last = Math.min(from + step - 1, through);
      link = await drizzle(pool).transaction((tx) =>
        remove(tx as Database, actor, { last, sha256 }),
      );
    }
    return link;
  } finally {
    await pool.end();
  }
}

/** Writes its event first, because whoever writes one has the lock of the chain before that of the table. */
async function remove(
  tx: Pick<Database, 'select' | 'insert' | 'update' | 'delete' | 'execute'>,
  actor: AuditActor,
  { last, sha256 }: { last: number; sha256: string },
): Promise<Link> {
  const { rows } = await tx.execute<{ seq: string; mac: Buffer | null; events: string }>(sql`
    select seq, mac, (select count(*) from audit_event where seq <= ${last}) as events
    from audit_event where seq <= ${last} order by seq desc limit 1`);
  const [row] = rows;
  if (!row) throw new Error('The events to be removed are gone.');
  const link = { seq: Number(row.seq), mac: row.mac ?? genesis.mac };
  const details: ArchiveDetails = {
    through: writeAnchor(link),
    events: Number(row.events),
    sha256,
  };
  const target = { type: 'audit', id: null, label: `events through ${link.seq}` } as const;
  await recordEvent(tx, actor, 'audit.archive', target, { details });
  await tx.execute(sql`alter table audit_event disable trigger audit_event_append_only`);
  await tx.execute(sql`delete from audit_event where seq <= ${last}`);
  await tx.execute(sql`alter table audit_event enable always trigger audit_event_append_only`);
  return link;
}
