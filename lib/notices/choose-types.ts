import 'server-only';
import { eq, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { webhook } from '@/db/schema/notice';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { recordEvent } from '@/lib/audit/record-event';
import { wantsEvents } from './chosen-types';
import { newestEvent } from './newest-event';
import { lockWebhook, webhookTarget } from './switch-webhook';

export type ChooseTypesResult = { outcome: 'chosen' | 'unchanged' | 'gone' };

/**
 * Sets which notices and events a webhook receives. A webhook that receives its first events gets those from
 * now on.
 */
export async function chooseTypes(
  administrator: Administrator,
  { id, types }: { id: string; types: string[] },
): Promise<ChooseTypesResult> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = (tx: Queryable) => lockWebhook(tx, id);
  return changeAs(administrator, 'admin', lock, async (tx, by, locked) => {
    if (!locked) return { outcome: 'gone' };
    const [from, to] = [locked.types, types].map((some) => [...some].sort().join(' '));
    if (from === to) return { outcome: 'unchanged' };
    const afterSeq = wantsEvents(types) ? sql`coalesce(after_seq, ${newestEvent})` : null;
    await tx.update(webhook).set({ types, afterSeq }).where(eq(webhook.id, id));
    const details = { types: { from, to } };
    await recordEvent(tx, by, 'webhook.update', webhookTarget(locked), { details });
    return { outcome: 'chosen' };
  });
}
