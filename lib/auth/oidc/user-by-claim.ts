import 'server-only';
import { and, asc, eq, isNull, type SQL, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { federatedIdentity } from '@/db/schema/federated-identity';
import { namedBy } from '@/lib/lists/username';
import { settings } from '@/lib/settings/settings';
import type { ProviderPerson } from './provider-person';

/** Why a person is linked to no user. For the audit alone: the person may not learn who is in the directory. */
export type NotLinked =
  | 'linked by command only'
  | 'no verified email'
  | 'no username'
  | 'no user'
  | 'several users'
  | 'a service'
  | 'an administrator'
  | 'disabled'
  | 'linked to somebody else';

export type LinkedUser = { id: string; username: string };

type Sought = { text: string; where: SQL | undefined; nameOf: (row: Candidate) => string };
type Candidate = { id: string; username: string; email: string };

/**
 * The one user whom `OIDC_LINK_BY` names, locked, to be linked to a person who signs in for the first time: an
 * active person without a role and without another link. Whatever leaves a doubt is refused, because a wrong
 * link gives somebody else's keys away, and an administrator is never linked here.
 */
export async function findUserByClaim(
  tx: Queryable,
  person: ProviderPerson,
): Promise<LinkedUser | NotLinked> {
  const sought = soughtBy(person);
  if (typeof sought === 'string') return sought;
  const rows = await lockCandidates(tx, sought.where);
  const [user, another] = rows;
  if (another) return 'several users';
  // The database folds letters of other scripts into Latin ones, and these may be another address.
  if (!user || !isSameText(sought.nameOf(user), sought.text)) return 'no user';
  if (user.role !== null) return 'an administrator';
  if (user.kind !== 'person') return 'a service';
  if (!user.active) return 'disabled';
  const links = await tx
    .select({ subject: federatedIdentity.subject })
    .from(federatedIdentity)
    .where(eq(federatedIdentity.userId, user.id))
    .limit(1);
  if (links.length > 0) return 'linked to somebody else';
  return { id: user.id, username: user.username };
}

/** What names the user, as far as the provider vouches for it. */
function soughtBy({ verifiedEmail, username }: ProviderPerson): Sought | NotLinked {
  switch (settings().OIDC_LINK_BY) {
    case 'nothing':
      return 'linked by command only';
    case 'email': {
      if (!verifiedEmail) return 'no verified email';
      const where = sql`lower(${directoryUser.email}) = lower(${verifiedEmail})`;
      return { text: verifiedEmail, where, nameOf: (row) => row.email };
    }
    case 'username':
      if (!username) return 'no username';
      return { text: username, where: namedBy(username).where, nameOf: (row) => row.username };
  }
}

/** Locked, so that of two people with one address the second one finds the link of the first. */
function lockCandidates(tx: Queryable, where: SQL | undefined) {
  return tx
    .select({
      id: directoryUser.id,
      username: directoryUser.username,
      email: directoryUser.email,
      role: directoryUser.role,
      kind: directoryUser.kind,
      active: directoryUser.active,
    })
    .from(directoryUser)
    .where(and(isNull(directoryUser.deletedAt), where))
    .orderBy(asc(directoryUser.id))
    .limit(2)
    .for('no key update');
}

/** Equal letter by letter; only the case of ASCII letters is ignored. */
function isSameText(one: string, other: string): boolean {
  const folded = (text: string) => text.replaceAll(/[A-Z]/g, (letter) => letter.toLowerCase());
  return folded(one) === folded(other);
}
