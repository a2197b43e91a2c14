import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { findMailRecipient } from '@/lib/keys/hand-over/mail-recipient';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { deliveryLabels as labels } from './delivery-labels';

/** What the choice to mail a link is called, and what it means. */
export type MailChoice = { label: string; hint: string };

/** Where the user is known; null where nobody would get the mail. */
export async function mailChoiceFor(actor: Actor, ownerId: string): Promise<MailChoice | null> {
  const recipient = await findMailRecipient(actor, ownerId);
  return (
    recipient && {
      label: labels.mailTo(recipient.name, recipient.address),
      hint: labels.mailHint,
    }
  );
}

/** The same where the user is not known yet. */
export const anyMailChoice = (): MailChoice | null =>
  isMailOn() ? { label: labels.mailUser, hint: labels.mailUserHint } : null;
