import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import type { Actor } from '@/lib/access/actor';
import { changeAs } from '@/lib/access/change-as';
import { rights } from '@/lib/access/rights';
import { type AuditActor, recordEvent, recordEvents } from '@/lib/audit/record-event';
import { keyTarget, lockKey } from '../find-key';
import { mayChange } from '../reserved-scopes';
import { findWaiting } from './waiting';

/**
 * Ends the open hand-overs of locked keys and removes their seals: what the links were to bring is no longer
 * so. Call it before what is recorded last.
 *
 * @returns the ids of the keys that had one
 */
export async function endHandOvers(tx: Queryable, keyIds: string[]): Promise<Set<string>> {
  if (keyIds.length === 0) return new Set();
  const { rows } = await tx.execute<{ id: string }>(sql`
    with ending as (
      select id from hand_over
      where key_id = any(${sql.param(keyIds)}::uuid[]) and state = 'open'
      order by id for update
    )
    update hand_over set state = 'ended', sealed_secret = null, closed_at = now() from ending
    where hand_over.id = ending.id and hand_over.state = 'open'
    returning hand_over.key_id as id`);
  return new Set(rows.map(({ id }) => id));
}

/** The same for those keys alone that would be switched on by their collection. */
export async function endWaiting(tx: Queryable, keyIds: string[]): Promise<Set<string>> {
  return endHandOvers(tx, [...(await findWaiting(tx, keyIds))]);
}

export type EndHandOverResult = {
  outcome: 'ended' | 'ended-before' | 'gone' | 'needs-admin';
};

/** Ends the hand-over of a key early. A new key stays switched off; an old one keeps its secret. */
export async function endHandOver(actor: Actor, id: string): Promise<EndHandOverResult> {
  type Result = Promise<EndHandOverResult>;
  const lock = (tx: Queryable) => lockKey(tx, id);
  return changeAs(actor, rights.writeKeys, lock, async (tx, by, key): Result => {
    if (!key) return { outcome: 'gone' };
    if (!mayChange(by, key)) return { outcome: 'needs-admin' };
    const ended = await endHandOvers(tx, [id]);
    if (ended.size === 0) return { outcome: 'ended-before' };
    await recordEvent(tx, by, 'key.end-hand-over', keyTarget(key));
    return { outcome: 'ended' };
  });
}

type Target = Parameters<typeof keyTarget>[0];

/** Writes down which of these keys no longer wait, because somebody switched them off. */
export async function recordEnded(
  tx: Queryable,
  actor: AuditActor,
  keys: Target[],
  ended: ReadonlySet<string>,
): Promise<void> {
  const targets = keys.filter(({ id }) => ended.has(id)).map(keyTarget);
  await recordEvents(tx, actor, 'key.end-hand-over', targets);
}
