import 'server-only';
import { and, eq, isNull } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { federatedIdentity } from '@/db/schema/federated-identity';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { endSessionsOf } from '@/lib/sessions/session';
import { userTarget } from '@/lib/users/find-user';
import { lockByUsername } from '../administrator-accounts';
import { bindIdentity, findBoundUser } from './known-person';

export type LinkResult = { outcome: 'linked' | 'taken'; username: string } | { outcome: 'unknown' };

type Identity = { issuer: string; subject: string };

/**
 * Binds an identity to an existing user, which a first sign-in never does by name alone. Refuses an identity
 * whose user still exists. If that user was deleted, the identity may be bound again.
 */
export async function linkIdentity(
  actor: AuditActor,
  username: string,
  identity: Identity,
): Promise<LinkResult> {
  return database().transaction(async (tx): Promise<LinkResult> => {
    const user = await lockByUsername(tx, username);
    if (!user) return { outcome: 'unknown' };
    const owner = await findOwner(tx, identity);
    if (owner) return { outcome: 'taken', username: owner };
    const { issuer, subject } = identity;
    await tx
      .delete(federatedIdentity)
      .where(and(eq(federatedIdentity.issuer, issuer), eq(federatedIdentity.subject, subject)));
    await bindIdentity(tx, identity, user.id);
    // Present sessions began in another way, so they end and the user signs in again.
    await endSessionsOf(tx, user.id);
    await recordEvent(tx, actor, 'administrator.link', userTarget(user), { details: identity });
    return { outcome: 'linked', username: user.username };
  });
}

export type UnlinkResult =
  | { outcome: 'unlinked'; username: string }
  | { outcome: 'unknown' }
  | { outcome: 'none' };

/** Removes all links of a user and ends their sessions, for example after a link to the wrong person. */
export async function unlinkIdentities(actor: AuditActor, username: string): Promise<UnlinkResult> {
  return database().transaction(async (tx): Promise<UnlinkResult> => {
    const user = await lockByUsername(tx, username);
    if (!user) return { outcome: 'unknown' };
    const removed = await tx
      .delete(federatedIdentity)
      .where(eq(federatedIdentity.userId, user.id))
      .returning({ issuer: federatedIdentity.issuer, subject: federatedIdentity.subject });
    if (removed.length === 0) return { outcome: 'none' };
    await endSessionsOf(tx, user.id);
    await recordEvent(tx, actor, 'user.unlink', userTarget(user), { details: { removed } });
    return { outcome: 'unlinked', username: user.username };
  });
}

async function findOwner(tx: Queryable, identity: Identity): Promise<string | undefined> {
  const userId = await findBoundUser(tx, identity);
  if (!userId) return undefined;
  const [owner] = await tx
    .select({ username: directoryUser.username })
    .from(directoryUser)
    .where(and(eq(directoryUser.id, userId), isNull(directoryUser.deletedAt)));
  return owner?.username;
}
