import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { webhook } from '@/db/schema/notice';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { settings } from '@/lib/settings/settings';
import { judge } from './address-guard';
import { noticeTypeNames, wantsEvents } from './chosen-types';
import { newestEvent } from './newest-event';
import { mostWebhooks } from './notice-input';
import { lockWebhook, webhookTarget } from './switch-webhook';
import { mintWebhookSecret } from './webhook-secret';

/** Taken while a webhook is added, because their number is limited. */
const countLock = 7_205_150_005;

/** Hours for which the former secret also signs. */
export const formerHours = 24;

export type AddWebhookResult =
  | { outcome: 'added'; secret: string }
  | { outcome: 'exists' | 'too-many' }
  | { outcome: 'refused'; problem: string };

/**
 * Adds a webhook and makes its signing secret, which is returned only this once. A forbidden address is
 * refused at once. Each delivery checks the address again, because names can resolve to others later.
 */
export async function addWebhook(
  administrator: Administrator,
  { id, url, types = noticeTypeNames }: { id: string; url: string; types?: string[] },
): Promise<AddWebhookResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const judged = await judge(new URL(url), settings().WEBHOOK_ALLOW_PRIVATE);
  if ('problem' in judged) return { outcome: 'refused', problem: judged.problem };
  const { secret, sealed } = mintWebhookSecret(id);
  const lock = (tx: Queryable) =>
    tx.execute(sql`select pg_advisory_xact_lock(${countLock}::bigint)`);
  return changeAs(administrator, 'admin', lock, async (tx, by): Promise<AddWebhookResult> => {
    const known = await tx.select({ id: webhook.id }).from(webhook);
    if (known.some((one) => one.id === id)) return { outcome: 'exists' };
    if (known.length >= mostWebhooks) return { outcome: 'too-many' };
    const afterSeq = wantsEvents(types) ? newestEvent : null;
    await tx.insert(webhook).values({ id, url, sealedSecret: sealed, types, afterSeq });
    await recordEvent(tx, by, 'webhook.add', webhookTarget({ id, url }));
    return { outcome: 'added', secret };
  });
}

export type RenewSecretResult = { outcome: 'renewed'; secret: string } | { outcome: 'gone' };

/**
 * Makes a new signing secret. The old one also signs for a day, so that receivers can verify every message.
 */
export async function renewWebhookSecret(
  administrator: Administrator,
  { id }: { id: string },
): Promise<RenewSecretResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const { secret, sealed } = mintWebhookSecret(id);
  type Result = Promise<RenewSecretResult>;
  const lock = (tx: Queryable) => lockWebhook(tx, id);
  return changeAs(administrator, 'admin', lock, async (tx, by, locked): Result => {
    if (!locked) return { outcome: 'gone' };
    await tx
      .update(webhook)
      .set({
        formerSecret: sql`sealed_secret`,
        formerUntil: sql`now() + make_interval(hours => ${formerHours})`,
        sealedSecret: sealed,
      })
      .where(eq(webhook.id, id));
    await recordEvent(tx, by, 'webhook.renew-secret', webhookTarget(locked));
    return { outcome: 'renewed', secret };
  });
}

/** Deletes a webhook with its secrets and deliveries. It is no error if the webhook no longer exists. */
export async function deleteWebhook(
  administrator: Administrator,
  { id }: { id: string },
): Promise<{ outcome: 'deleted' | 'gone' }> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => lockWebhook(tx, id);
  return changeAs(administrator, 'admin', lock, async (tx, by, locked) => {
    if (!locked) return { outcome: 'gone' };
    await tx.delete(webhook).where(eq(webhook.id, id));
    await recordEvent(tx, by, 'webhook.delete', webhookTarget(locked));
    return { outcome: 'deleted' };
  });
}
