import 'server-only';
import { and, eq, inArray } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { noticeDelivery, noticeRecipients } from '@/db/schema/notice';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { changeAs } from '@/lib/access/change-as';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { type AuditTarget, recordEvent } from '@/lib/audit/record-event';
import { deliveryMessages } from './delivery-messages';

export const mailTarget: AuditTarget = { type: 'notice', id: null, label: 'Mail' };

/** Lists the recipients of notices by mail. */
export async function listRecipients(administrator: Administrator): Promise<string[]> {
  authorize(administrator, 'admin');
  return recipientsIn(database());
}

export async function recipientsIn(tx: Queryable): Promise<string[]> {
  const [row] = await tx.select({ addresses: noticeRecipients.addresses }).from(noticeRecipients);
  return row?.addresses ?? [];
}

/** Sets the recipients of notices by mail. Waiting mails to removed recipients are not sent. */
export async function setRecipients(
  administrator: Administrator,
  { recipients }: { recipients: string[] },
): Promise<void> {
  authorize(administrator, 'admin');
  requireReauthentication(administrator);
  const lock = async (tx: Queryable) => {
    await tx.insert(noticeRecipients).values({}).onConflictDoNothing();
    return tx.select().from(noticeRecipients).for('update');
  };
  await changeAs(administrator, 'admin', lock, async (tx, by, [before]) => {
    await tx.update(noticeRecipients).set({ addresses: recipients });
    const removed = (before?.addresses ?? []).filter((address) => !recipients.includes(address));
    await tx
      .update(noticeDelivery)
      .set({ state: 'failed', problem: deliveryMessages.notRecipient })
      .where(and(eq(noticeDelivery.state, 'waiting'), inArray(noticeDelivery.recipient, removed)));
    const change = { from: (before?.addresses ?? []).join(', '), to: recipients.join(', ') };
    await recordEvent(tx, by, 'notice.recipients', mailTarget, {
      details: { recipients: change },
    });
  });
}
