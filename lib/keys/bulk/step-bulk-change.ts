import 'server-only';
import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { bulkChange, bulkChangeKey } from '@/db/schema/bulk-change';
import { directoryUser } from '@/db/schema/directory-user';
import type { Administrator } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { recordEvents } from '@/lib/audit/record-event';
import { deleteLockedKeys } from '../delete-keys-of';
import { keyTarget } from '../find-key';
import { endWaiting, recordEnded } from '../hand-over/end-hand-overs';
import { findWaiting } from '../hand-over/waiting';
import { type KeySummary, keySummary } from '../key-summary';
import { mayChange } from '../reserved-scopes';
import { leftOfBulk } from '../use/use-of-many';
import { lastUseOf, usedLately } from '../use/use-sql';
import { type BulkVerb, stepSize } from './bulk-input';

type Outcome = 'changed' | 'unchanged' | 'gone' | 'needs-admin' | 'waiting';
export type StepBulkResult =
  | { outcome: 'stepped'; left: number }
  | { outcome: 'gone' }
  /** Keys to be deleted were used in the last 24 hours, and their number was not typed. */
  | { outcome: 'needs-number'; total: number };

/**
 * Processes up to {@link stepSize} further keys of a bulk change, in one transaction with one event for each.
 * A key that may not be changed is recorded and stops no other. Parallel steps wait for each other. `typed`
 * is the number of keys. It is required before the first deletion if any of the keys are in use.
 */
export async function stepBulkChange(
  administrator: Administrator,
  id: string,
  typed = '',
): Promise<StepBulkResult> {
  const lock = (tx: Queryable) => lockNext(tx, administrator, id);
  type Result = Promise<StepBulkResult>;
  return changeAs(administrator, 'operator', lock, async (tx, by, next): Result => {
    if (!next) return { outcome: 'gone' };
    const { bulk, ids, left, keys } = next;
    const agreed = bulk.verb !== 'delete' || sameNumber(typed, bulk.total);
    if (!agreed && (await someUsedLately(tx, id))) {
      return { outcome: 'needs-number', total: bulk.total };
    }
    const waiting = await findWaiting(tx, ids);
    const outcomes = new Map(
      keys.map((key) => [key.id, judge(by, bulk.verb, key, waiting.has(key.id))]),
    );
    await noteOutcomes(tx, id, ids, outcomes);
    const changed = keys.filter((key) => outcomes.get(key.id) === 'changed');
    await apply(tx, by, { id, verb: bulk.verb }, changed);
    return { outcome: 'stepped', left: left - ids.length };
  });
}

/** The bulk change and the keys of its next step. */
async function lockNext(tx: Queryable, administrator: Administrator, id: string) {
  const [bulk] = await tx
    .select({ verb: bulkChange.verb, total: bulkChange.total })
    .from(bulkChange)
    .where(and(eq(bulkChange.id, id), eq(bulkChange.administratorId, administrator.id)))
    .for('update');
  if (!bulk) return null;
  const { ids, left } = await nextKeys(tx, id);
  return { bulk, ids, left, keys: await lockKeys(tx, ids) };
}

/** Accepts the number as shown or as typed: `2,000` or `2000`. */
function sameNumber(typed: string, total: number): boolean {
  return typed.replace(/[\s,.']/g, '') === String(total);
}

async function someUsedLately(tx: Queryable, bulkId: string): Promise<boolean> {
  const { rows } = await tx.execute<{ found: boolean }>(sql`
    select exists (select from api_key where id in (${leftOfBulk(bulkId)}) and deleted_at is null
      and ${usedLately(lastUseOf(apiKey.id))}) as found`);
  return rows[0]?.found === true;
}

async function nextKeys(tx: Queryable, bulkId: string) {
  const rows = await tx
    .select({ id: bulkChangeKey.keyId, left: sql<number>`count(*) over ()`.mapWith(Number) })
    .from(bulkChangeKey)
    .where(and(eq(bulkChangeKey.bulkId, bulkId), isNull(bulkChangeKey.outcome)))
    .orderBy(asc(bulkChangeKey.position))
    .limit(stepSize);
  return { ids: rows.map(({ id }) => id), left: rows[0]?.left ?? 0 };
}

function lockKeys(tx: Queryable, ids: string[]): Promise<KeySummary[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return tx
    .select(keySummary)
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(inArray(apiKey.id, ids), isNull(apiKey.deletedAt)))
    .orderBy(asc(apiKey.id))
    .for('update', { of: apiKey });
}

/** Only its collection switches on a key that waits. Switching it off ends that. */
function judge(by: Administrator, verb: BulkVerb, key: KeySummary, waits: boolean): Outcome {
  const isSo = verb !== 'delete' && key.active === (verb === 'activate');
  if (isSo && !waits) return 'unchanged';
  if (!mayChange(by, key)) return 'needs-admin';
  return verb === 'activate' && waits ? 'waiting' : 'changed';
}

async function noteOutcomes(
  tx: Queryable,
  bulkId: string,
  ids: string[],
  outcomes: Map<string, Outcome>,
) {
  await tx.execute(sql`
    update ${bulkChangeKey} set outcome = told.outcome
    from unnest(${sql.param(ids)}::uuid[],
      ${sql.param(ids.map((id) => outcomes.get(id) ?? 'gone'))}::text[]) as told (key_id, outcome)
    where bulk_id = ${bulkId} and bulk_change_key.key_id = told.key_id`);
}

async function apply(
  tx: Queryable,
  administrator: Administrator,
  { id, verb }: { id: string; verb: BulkVerb },
  keys: KeySummary[],
) {
  // Names the change that all its steps belong to.
  const details = { bulk: id };
  if (verb === 'delete') return deleteLockedKeys(tx, administrator, keys, details);
  const ids = keys.map((key) => key.id);
  if (ids.length === 0) return;
  const active = verb === 'activate';
  const ended = active ? new Set<string>() : await endWaiting(tx, ids);
  await tx.update(apiKey).set({ active }).where(inArray(apiKey.id, ids));
  const switched = keys.filter(({ id }) => !ended.has(id));
  await recordEvents(tx, administrator, `key.${verb}`, switched.map(keyTarget), { details });
  await recordEnded(tx, administrator, keys, ended);
}
