import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { findMailRecipient } from '@/lib/keys/hand-over/mail-recipient';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { deliveryLabels as labels } from './delivery-labels';

/** What the choice to mail a link is called where the user is known; null where nobody would get it. */
export async function mailChoiceFor(actor: Actor, ownerId: string): Promise<string | null> {
  const recipient = await findMailRecipient(actor, ownerId);
  return recipient && labels.mailTo(recipient.name, recipient.address);
}

/** The same where the user is not known yet. */
export const anyMailChoice = (): string | null => (isMailOn() ? labels.mailUser : null);
