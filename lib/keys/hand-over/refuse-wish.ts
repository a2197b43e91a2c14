import 'server-only';
import type { Queryable } from '@/db/client';
import { refuseSignOn, type SignOnRefusal } from './collector';
import type { HandOverWish } from './hand-over-input';
import { type MailRefusal, refuseMail } from './mail-recipient';

export type WishRefusal = MailRefusal | SignOnRefusal;

/** Why a secret cannot be handed over as it is wished; null if it can. */
export async function refuseWish(
  tx: Queryable,
  owner: { id: string; username: string },
  wish: HandOverWish | null | undefined,
): Promise<WishRefusal | null> {
  return (await refuseSignOn(tx, owner, wish)) ?? (await refuseMail(tx, owner, wish));
}
