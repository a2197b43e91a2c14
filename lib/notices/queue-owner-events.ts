import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable, readDurable } from '@/db/client';
import type { AuditAction } from '@/lib/audit/audit-actions';
import { isMailOn } from '@/lib/settings/is-mail-on';

/** Events of one transaction. */
const eventsAtOnce = 1_000;

/** What an owner is told of at once. */
export const ownerActions: readonly AuditAction[] = [
  'key.deactivate',
  'key.regenerate',
  'key.hand-over',
  'key.collect',
  'key.hand-over-expired',
  'key.transfer',
  'key.reveal',
  'key.report-leak',
  'key.delete',
];

/**
 * Notes which owners new audit events concern, and in the same transaction how far it came, so that none is
 * missed or noted twice. The changes themselves pay nothing for the mails. Without a mail server the events
 * are passed over, because they would be old news when there is one.
 *
 * @returns how many events were read
 */
export async function queueOwnerEvents(most = eventsAtOnce): Promise<number> {
  if (!(await isBehind())) return 0;
  return database().transaction(async (tx) => {
    const from = await lockPosition(tx);
    if (from === null) return 0;
    if (!isMailOn()) return passOver(tx);
    const { read, last } = await readDurable(() => noteEvents(tx, from, most));
    if (last !== null)
      await tx.execute(sql`update owner_notice_position set seq = ${last}::bigint`);
    return read;
  });
}

type Noted = { read: number; last: string | null };

async function noteEvents(tx: Queryable, from: string, most: number): Promise<Noted> {
  const { rows } = await tx.execute<Noted>(sql`
    with event as materialized (
      select seq, action, outcome, target_id, details, xmin::text as transaction from audit_event
      where seq > ${from} order by seq limit ${most}
    ), noted as (
      insert into owner_event (seq, owner_id, key_id, change, bulk_id)
      select e.seq, owner.id, k.id, coalesce(e.details ->> 'bulk', e.transaction),
        (e.details ->> 'bulk')::uuid
      from event e join api_key k on k.id = e.target_id
        join lateral (
          select k.owner_id as id
          union
          select u.id from directory_user u
          where e.action = 'key.transfer' and u.deleted_at is null
            and u.username_folded = username_key(e.details -> 'owner' ->> 'from')) owner on true
      where e.outcome = 'done' and e.action = any(${sql.param([...ownerActions])}::text[])
    )
    select count(*)::int as read, max(seq) as last from event`);
  return rows[0] ?? { read: 0, last: null };
}

const behind = sql`seq < (select max(e.seq) from audit_event e)`;

/** Asked first, because most looks find nothing, and a single statement needs no transaction. */
async function isBehind(): Promise<boolean> {
  const { rows } = await database().execute(sql`select from owner_notice_position where ${behind}`);
  return rows.length > 0;
}

/** Null if owners are not told, or if another instance is at work. */
export async function lockPosition(tx: Queryable): Promise<string | null> {
  const { rows } = await tx.execute<{ seq: string }>(
    sql`select seq from owner_notice_position for update skip locked`,
  );
  return rows[0]?.seq ?? null;
}

async function passOver(tx: Queryable): Promise<number> {
  await tx.execute(sql`delete from owner_event`);
  await tx.execute(sql`
    update owner_notice_position set seq = (select max(e.seq) from audit_event e) where ${behind}`);
  return 0;
}
