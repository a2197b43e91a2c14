import 'server-only';
import { and, asc, count, eq, inArray, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { bulkChange, bulkChangeKey } from '@/db/schema/bulk-change';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize, hasRole } from '@/lib/access/administrator';
import { keySummary } from '../key-summary';
import { isServiceKeySql } from '../reserved-scopes';
import { leftOfBulk } from '../use/use-of-many';
import type { BulkVerb } from './bulk-input';

export type SkippedKey = {
  id: string;
  username: string;
  hint: string;
  outcome: 'gone' | 'needs-admin' | 'waiting';
};

export type BulkChange = {
  id: string;
  verb: BulkVerb;
  total: number;
  /** How many keys were processed, and how many of those were changed. */
  done: number;
  changed: number;
  /** Keys that already had the wanted status. */
  unchanged: number;
  /** The first keys that could not be changed. */
  skipped: SkippedKey[];
};

const mostNamed = 100;

/** A bulk change of this administrator with its progress. */
export async function findBulkChange(
  administrator: Administrator,
  id: string,
): Promise<BulkChange | null> {
  authorize(administrator, 'operator');
  const [bulk] = await database()
    .select({ id: bulkChange.id, verb: bulkChange.verb, total: bulkChange.total })
    .from(bulkChange)
    .where(and(eq(bulkChange.id, id), eq(bulkChange.administratorId, administrator.id)));
  if (!bulk) return null;
  const counts = await database()
    .select({ outcome: bulkChangeKey.outcome, keys: count() })
    .from(bulkChangeKey)
    .where(eq(bulkChangeKey.bulkId, id))
    .groupBy(bulkChangeKey.outcome);
  const counted = (outcome: string | null) =>
    counts.find((row) => row.outcome === outcome)?.keys ?? 0;
  return {
    ...bulk,
    done: bulk.total - counted(null),
    changed: counted('changed'),
    unchanged: counted('unchanged'),
    skipped: await findSkipped(id),
  };
}

export type LeftOut = { keys: number; shown: Omit<SkippedKey, 'outcome'>[] };

/** The remaining keys of a bulk change that will be skipped, because only an admin may change them. */
export async function findLeftOut(administrator: Administrator, id: string): Promise<LeftOut> {
  authorize(administrator, 'operator');
  if (hasRole(administrator, 'admin')) return { keys: 0, shown: [] };
  const rows = await database()
    .select({
      id: apiKey.id,
      username: directoryUser.username,
      hint: keySummary.hint,
      keys: sql<number>`count(*) over ()`.mapWith(Number),
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(sql`${apiKey.id} in (${leftOfBulk(id)}) and ${isServiceKeySql}`)
    .orderBy(asc(apiKey.id))
    .limit(mostNamed);
  return { keys: rows[0]?.keys ?? 0, shown: rows.map(({ keys: _, ...row }) => row) };
}

async function findSkipped(bulkId: string): Promise<SkippedKey[]> {
  const rows = await database()
    .select({
      id: apiKey.id,
      username: directoryUser.username,
      hint: keySummary.hint,
      outcome: bulkChangeKey.outcome,
    })
    .from(bulkChangeKey)
    .innerJoin(apiKey, eq(apiKey.id, bulkChangeKey.keyId))
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(
      and(
        eq(bulkChangeKey.bulkId, bulkId),
        inArray(bulkChangeKey.outcome, ['gone', 'needs-admin', 'waiting']),
      ),
    )
    .orderBy(asc(bulkChangeKey.position))
    .limit(mostNamed);
  return rows as SkippedKey[];
}
