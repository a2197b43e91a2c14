import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { federatedIdentity } from '@/db/schema/federated-identity';
import type { Role } from '@/lib/access/administrator';
import { usernameText } from '@/lib/forms/text-input';
import { findLookalike } from '@/lib/users/find-lookalike';
import { lockUser } from '@/lib/users/lock-user';
import type { ProviderPerson } from './provider-person';

type Identity = Pick<ProviderPerson, 'issuer' | 'subject'>;

/** The id of the user that an identity is bound to, if any. */
export async function findBoundUser(tx: Queryable, { issuer, subject }: Identity) {
  const [found] = await tx
    .select({ userId: federatedIdentity.userId })
    .from(federatedIdentity)
    .where(and(eq(federatedIdentity.issuer, issuer), eq(federatedIdentity.subject, subject)));
  return found?.userId;
}

/** The user of an identity, locked together with all admins; `gone` if the user was deleted. */
export async function lockKnownPerson(tx: Queryable, identity: Identity) {
  const userId = await findBoundUser(tx, identity);
  return userId ? ((await lockUser(tx, { id: userId })) ?? 'gone') : null;
}

export type NewPerson = { id: string; username: string };

/**
 * Makes the user of an identity that signs in for the first time. Refuses a name that is taken or looks like
 * a taken one. The same name at the provider may be another person, and nobody could be warned.
 */
export async function makePerson(
  tx: Queryable,
  person: ProviderPerson,
  role: Role,
): Promise<NewPerson | 'no-username' | 'name-taken'> {
  const parsed = usernameText.safeParse(person.username);
  if (!parsed.success) return 'no-username';
  const user = { id: uuidv7(), username: parsed.data };
  if ((await findLookalike(tx, user.username)) !== null) return 'name-taken';
  const made = await tx
    .insert(directoryUser)
    .values({ ...user, role })
    .onConflictDoNothing()
    .returning({ id: directoryUser.id });
  if (made.length === 0) return 'name-taken';
  await bindIdentity(tx, person, user.id);
  return user;
}

export async function bindIdentity(tx: Queryable, { issuer, subject }: Identity, userId: string) {
  await tx.insert(federatedIdentity).values({ issuer, subject, userId });
}

/** A user without a password signs in only at the provider. */
export async function hasPassword(tx: Queryable, userId: string): Promise<boolean> {
  const [found] = await tx
    .select({ has: sql<boolean>`${directoryUser.passwordHash} is not null` })
    .from(directoryUser)
    .where(and(eq(directoryUser.id, userId), isNull(directoryUser.deletedAt)));
  return found?.has ?? false;
}

/** Whether the user may sign in with the configured provider. */
export async function isBound(tx: Queryable, userId: string, issuer: string): Promise<boolean> {
  const [found] = await tx
    .select({ userId: federatedIdentity.userId })
    .from(federatedIdentity)
    .where(and(eq(federatedIdentity.userId, userId), eq(federatedIdentity.issuer, issuer)))
    .limit(1);
  return found !== undefined;
}
