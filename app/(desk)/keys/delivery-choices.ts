import 'server-only';
import type { Actor } from '@/lib/access/actor';
import { anyMailChoice, type MailChoice, mailChoiceFor } from './mail-choice';
import { findSignOnChoice, type SignOnChoice } from './sign-on-choice';

/** What can be chosen with a link here; null where it cannot. */
export type DeliveryChoices = { mail: MailChoice | null; signOn: SignOnChoice | null };

/** Where the user is known. */
export async function deliveryChoicesFor(actor: Actor, ownerId: string): Promise<DeliveryChoices> {
  const [mail, signOn] = await Promise.all([mailChoiceFor(actor, ownerId), findSignOnChoice()]);
  return { mail, signOn };
}

/** Where the user is not known yet. */
export async function anyDeliveryChoices(): Promise<DeliveryChoices> {
  return { mail: anyMailChoice(), signOn: await findSignOnChoice() };
}
