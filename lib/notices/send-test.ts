import 'server-only';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { noticeDelivery } from '@/db/schema/notice';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs, nothing } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { settings } from '@/lib/settings/settings';
import { claimOne, deliver, lease, type Tried } from './deliver';
import { deliveryMessages } from './delivery-messages';
import { letterTexts } from './letter-texts';
import { mailTarget, recipientsIn } from './recipients';
import { lockWebhook, webhookTarget } from './switch-webhook';
import { writeMessage } from './write-message';

/** Sends a test to a webhook while the administrator waits. Returns null if the webhook no longer exists. */
export async function testWebhook(
  administrator: Administrator,
  { id }: { id: string },
): Promise<Tried | null> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => lockWebhook(tx, id);
  const deliveryId = await changeAs(administrator, 'admin', lock, async (tx, by, locked) => {
    if (!locked) return null;
    const made = await addTest(tx, by, [{ webhookId: id }]);
    await recordEvent(tx, by, 'webhook.test', webhookTarget(locked));
    return made[0] ?? null;
  });
  return deliveryId ? tryNow(deliveryId) : null;
}

export type TestedMail = { recipient: string; problem: string | null };

/** Sends a test by mail to all recipients of notices. */
export async function testMail(administrator: Administrator): Promise<TestedMail[]> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  if (!isMailOn()) return [];
  const sent = await changeAs(administrator, 'admin', nothing, async (tx, by) => {
    const recipients = await recipientsIn(tx);
    if (recipients.length === 0) return [];
    const audience = recipients.map((recipient) => ({ recipient }));
    const ids = await addTest(tx, by, audience);
    await recordEvent(tx, by, 'notice.test-mail', mailTarget);
    return recipients.map((recipient, at) => ({ recipient, id: ids[at] }));
  });
  return Promise.all(
    sent.map(async ({ recipient, id }) => {
      const tried = id ? await tryNow(id) : null;
      return { recipient, problem: tried ? tried.problem : deliveryMessages.notTried };
    }),
  );
}

async function addTest(
  tx: Queryable,
  { username }: Administrator,
  audience: ({ webhookId: string } | { recipient: string })[],
): Promise<string[]> {
  const text = letterTexts.testText(username, settings().AUTH_URL);
  const timestamp = new Date().toISOString();
  const messageId = await writeMessage(tx, { type: 'test', timestamp, data: { text } });
  // Postponed, so that no other process sends it at the same time.
  const nextAt = new Date(Date.now() + lease * 1_000);
  const rows = audience.map((to) => ({ id: uuidv7(), messageId, nextAt, ...to }));
  await tx.insert(noticeDelivery).values(rows);
  return rows.map(({ id }) => id);
}

async function tryNow(deliveryId: string): Promise<Tried> {
  const [claimed] = await claimOne(deliveryId);
  if (claimed) return deliver(claimed);
  return { status: null, milliseconds: 0, problem: deliveryMessages.webhookDeleted };
}
