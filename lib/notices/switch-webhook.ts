import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { noticeDelivery, webhook } from '@/db/schema/notice';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import {
  type AuditActor,
  type AuditTarget,
  recordEvent,
  systemActor,
} from '@/lib/audit/record-event';
import { deliveryMessages } from './delivery-messages';
import { newestEvent } from './newest-event';

export type SwitchWebhookResult = { outcome: 'switched' | 'unchanged' | 'gone' };

/**
 * Switches a webhook on or off. Switching off gives up its waiting messages, which would be outdated later.
 */
export async function switchWebhook(
  administrator: Administrator,
  { id, active }: { id: string; active: boolean },
): Promise<SwitchWebhookResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => lockWebhook(tx, id);
  return changeAs(administrator, 'admin', lock, async (tx, by, locked) => {
    if (!locked) return { outcome: 'gone' };
    if (locked.active === active) return { outcome: 'unchanged' };
    // Events of the time while it was off are not sent, as its waiting messages are not.
    const afterSeq = sql`case when after_seq is not null then ${newestEvent} end`;
    await tx
      .update(webhook)
      .set({ active, refused: false, ...(active && { afterSeq }) })
      .where(eq(webhook.id, id));
    if (!active) await giveUpWaiting(tx, id);
    const action = active ? 'webhook.on' : 'webhook.off';
    await recordEvent(tx, by, action, webhookTarget(locked));
    return { outcome: 'switched' };
  });
}

/** Switches off a webhook that answered 410 Gone, which asks for no further messages. */
export async function switchOffRefused(id: string): Promise<void> {
  await database().transaction(async (tx) => {
    const locked = await lockWebhook(tx, id);
    if (!locked?.active) return;
    await tx.update(webhook).set({ active: false, refused: true }).where(eq(webhook.id, id));
    await giveUpWaiting(tx, id);
    const details = { reason: deliveryMessages.status(410) };
    await recordEvent(tx, systemActor, 'webhook.off', webhookTarget(locked), { details });
  });
}

/**
 * Switches off these webhooks, as part of a transaction.
 *
 * @returns how many were on
 */
export async function switchOffWebhooks(
  tx: Queryable,
  by: AuditActor,
  ids: string[],
): Promise<number> {
  let switched = 0;
  for (const id of [...ids].sort()) {
    const locked = await lockWebhook(tx, id);
    if (!locked?.active) continue;
    await tx.update(webhook).set({ active: false }).where(eq(webhook.id, id));
    await giveUpWaiting(tx, id);
    await recordEvent(tx, by, 'webhook.off', webhookTarget(locked));
    switched += 1;
  }
  return switched;
}

async function giveUpWaiting(tx: Queryable, id: string): Promise<void> {
  const waiting = and(eq(noticeDelivery.webhookId, id), eq(noticeDelivery.state, 'waiting'));
  await tx
    .update(noticeDelivery)
    .set({
      state: 'failed',
      problem: sql`coalesce(problem || ' ', '') || ${deliveryMessages.webhookOff}`,
    })
    .where(waiting);
}

export async function lockWebhook(tx: Queryable, id: string) {
  const [row] = await tx
    .select({ id: webhook.id, url: webhook.url, active: webhook.active, types: webhook.types })
    .from(webhook)
    .where(eq(webhook.id, id))
    .for('update');
  return row ?? null;
}

/**
 * The label is only the origin, because the path may be a password and everybody with access to the audit
 * sees it.
 */
export const webhookTarget = ({ id, url }: { id: string; url: string }): AuditTarget => ({
  type: 'webhook',
  id,
  label: new URL(url).origin,
});
