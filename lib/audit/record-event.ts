import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { auditKey } from '@/lib/settings/settings';
import type { AuditAction } from './audit-actions';
import { type ChainedEvent, chainKey, type Link, sealEvent } from './chain';
import { lockHead } from './chain-head';

export type AuditActor = { id: string | null; username: string; address: string };

export type AuditTarget = {
  type:
    | 'key'
    | 'user'
    | 'session'
    | 'import'
    | 'audit'
    | 'policy'
    | 'webhook'
    | 'notice'
    | 'database';
  id: string | null;
  label: string;
};

/** Keydesk itself, at start and on the command line. */
export const systemActor: AuditActor = { id: null, username: 'system', address: 'local' };

type More = { outcome?: 'done' | 'refused'; details?: Record<string, unknown> };

/**
 * Writes an audit event in the transaction of the change, so that neither is saved without the other. Call it
 * last: until the commit, all other events wait, and locking a row that a waiting transaction holds would
 * deadlock.
 */
export async function recordEvent(
  tx: Queryable,
  actor: AuditActor,
  action: AuditAction,
  target: AuditTarget,
  more: More = {},
): Promise<void> {
  await recordEvents(tx, actor, action, [target], more);
}

/** A record with details that hold for it alone. */
export type DetailedTarget = AuditTarget & Pick<More, 'details'>;

/** The same for many records that one change affects. Details of a record replace those of all. */
export async function recordEvents(
  tx: Queryable,
  actor: AuditActor,
  action: AuditAction,
  targets: DetailedTarget[],
  more: More = {},
): Promise<void> {
  if (targets.length === 0) return;
  const waiting = deferred.get(tx);
  if (waiting) waiting.push(() => appendEvents(tx, actor, action, targets, more));
  else await appendEvents(tx, actor, action, targets, more);
}

const deferred = new WeakMap<Queryable, (() => Promise<void>)[]>();

/**
 * Runs a change, and writes its events after it, whenever they were recorded. For a change that goes on after its
 * event: meanwhile it locks rows without a deadlock, and nobody else's event waits.
 */
export async function recordAtEnd<Result>(
  tx: Queryable,
  change: () => Promise<Result>,
): Promise<Result> {
  const waiting: (() => Promise<void>)[] = [];
  deferred.set(tx, waiting);
  try {
    const result = await change();
    for (const append of waiting) await append();
    return result;
  } finally {
    deferred.delete(tx);
  }
}

async function appendEvents(
  tx: Queryable,
  actor: AuditActor,
  action: AuditAction,
  targets: DetailedTarget[],
  more: More,
): Promise<void> {
  const { epoch, at, ...head } = await lockHead(tx);
  const said = {
    epoch,
    actorId: actor.id?.toLowerCase() ?? null,
    actor: actor.username,
    action,
    outcome: more.outcome ?? 'done',
    address: actor.address,
  };
  const key = chainKey(auditKey());
  let { mac } = head;
  const rows = targets.map(({ type, id, label, details = more.details ?? {} }, index) => {
    const seq = head.seq + 1 + index;
    const aimed = { targetType: type, targetId: id?.toLowerCase() ?? null, target: label };
    const json = JSON.stringify(details);
    // As it will be read back: a Date has become text, and undefined values are gone.
    mac = sealEvent(key, mac, { ...said, ...aimed, details: JSON.parse(json), seq });
    return { ...aimed, details: json, seq, mac };
  });
  await insertEvents(tx, said, at, rows);
}

type Aim = Pick<ChainedEvent, 'targetType' | 'targetId' | 'target'>;
type Said = Omit<ChainedEvent, keyof Aim | 'seq' | 'details'>;
/** The details are JSON. */
type Row = Link & Aim & { details: string };

/** Passes columns, not rows of parameters, because other events wait until up to 1,000 are written. */
async function insertEvents(tx: Queryable, said: Said, at: string, rows: Row[]) {
  const column = <Name extends keyof Row>(name: Name) => sql.param(rows.map((row) => row[name]));
  await tx.execute(sql`
    insert into ${auditEvent} (seq, at, actor_id, actor, action, target_type, target_id, target,
      outcome, address, details, mac)
    select seq, ${at}::timestamptz, ${said.actorId}::uuid, ${said.actor}::text, ${said.action}::text,
      target_type, target_id, target, ${said.outcome}::text, ${said.address}::text,
      details::jsonb, mac
    from unnest(${column('seq')}::bigint[], ${column('targetType')}::text[],
      ${column('targetId')}::uuid[], ${column('target')}::text[], ${column('details')}::text[],
      ${column('mac')}::bytea[]) as event (seq, target_type, target_id, target, details, mac)`);
}
