import 'server-only';
import { inArray, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { database, type Queryable, readDurable } from '@/db/client';
import { webhook } from '@/db/schema/notice';
import { type EventMessage, eventMessage } from '@/lib/audit/event-message';
import { readEventsAfter } from '@/lib/audit/list-events-after';
import { isWanted } from './chosen-types';

/** Events of one transaction. Each may become a delivery for each of twenty webhooks. */
export const eventsAtOnce = 200;

type Hook = { id: string; types: string[]; afterSeq: number };

/**
 * Turns new audit events into messages for the webhooks that chose them, and notes in the same transaction how
 * far it came, so that none is lost or queued twice. The changes themselves pay nothing for webhooks. A
 * webhook that another instance serves now is skipped.
 *
 * @returns how many events were read
 */
export async function queueEvents(most = eventsAtOnce): Promise<number> {
  return database().transaction(async (tx) => {
    const hooks = await lockHooksBehind(tx);
    if (hooks.length === 0) return 0;
    const from = Math.min(...hooks.map(({ afterSeq }) => afterSeq));
    const events = await readDurable(() => readEventsAfter(tx, from, most));
    const last = events.at(-1);
    if (!last) return 0;
    await queue(tx, hooks, events.map(eventMessage));
    const ids = hooks.map(({ id }) => id);
    await tx
      .update(webhook)
      .set({ afterSeq: sql`greatest(after_seq, ${last.seq}::bigint)` })
      .where(inArray(webhook.id, ids));
    return events.length;
  });
}

async function lockHooksBehind(tx: Queryable): Promise<Hook[]> {
  type Row = Omit<Hook, 'afterSeq'> & { after: string };
  const { rows } = await tx.execute<Row>(sql`
    select id, types, after_seq as after from webhook
    where active and after_seq < (select max(seq) from audit_event)
    order by id for no key update skip locked`);
  return rows.map(({ after, ...hook }) => ({ ...hook, afterSeq: Number(after) }));
}

/** Writes one message for each wanted event, and one delivery for each webhook that wants it. */
async function queue(tx: Queryable, hooks: Hook[], events: EventMessage[]): Promise<void> {
  const messages = events
    .map((event) => ({
      ...{ id: uuidv7(), type: event.type, body: JSON.stringify(event) },
      hooks: hooks.filter(
        ({ types, afterSeq }) => afterSeq < event.data.seq && isWanted(types, event.type),
      ),
    }))
    .filter((message) => message.hooks.length > 0);
  if (messages.length === 0) return;
  const column = (name: 'id' | 'type' | 'body') => sql.param(messages.map((one) => one[name]));
  await tx.execute(sql`
    insert into notice_message (id, type, body)
    select * from unnest(${column('id')}::uuid[], ${column('type')}::text[], ${column('body')}::text[])`);
  // Ids that rise with the events, because deliveries that are due together are made in the order of ids.
  const deliveries = messages.flatMap(({ id, hooks: receivers }) =>
    receivers.map((hook) => ({ id: uuidv7(), message: id, hook: hook.id })),
  );
  const of = (name: 'id' | 'message' | 'hook') => sql.param(deliveries.map((one) => one[name]));
  await tx.execute(sql`
    insert into notice_delivery (id, message_id, webhook_id)
    select * from unnest(${of('id')}::uuid[], ${of('message')}::uuid[], ${of('hook')}::uuid[])`);
}
