import 'server-only';
import { sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { toldPerson } from '../told-person';
import type { HandOverWish } from './hand-over-input';

/** To whom the link to a key can be mailed: its owner, or whoever answers for them. */
export type MailRecipient = { name: string; address: string };

/** Null if nobody can get it. */
export async function findMailRecipient(
  actor: Actor,
  ownerId: string,
): Promise<MailRecipient | null> {
  authorize(actor, rights.readUsers);
  return isMailOn() ? readMailRecipient(database(), ownerId) : null;
}

export async function readMailRecipient(
  tx: Queryable,
  ownerId: string,
): Promise<MailRecipient | null> {
  const { rows } = await tx.execute<MailRecipient>(sql`
    select coalesce(nullif(named.display_name, ''), named.username) as name, person.address
    from directory_user o cross join ${toldPerson} join directory_user named on named.id = person.id
    where o.id = ${ownerId}`);
  return rows[0] ?? null;
}

export type MailRefusal =
  | { outcome: 'no-mail-server' }
  | { outcome: 'no-address'; username: string };

/** Why the link cannot be mailed as it is wished; null if it can. */
export async function refuseMail(
  tx: Queryable,
  owner: { id: string; username: string },
  wish: HandOverWish | null | undefined,
): Promise<MailRefusal | null> {
  if (!wish?.mail) return null;
  if (!isMailOn()) return { outcome: 'no-mail-server' };
  const recipient = await readMailRecipient(tx, owner.id);
  return recipient ? null : { outcome: 'no-address', username: owner.username };
}
