import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import type { Actor } from '@/lib/access/actor';
import { type Administrator, hasRole } from '@/lib/access/administrator';
import { requireReauthentication } from '@/lib/access/reauthentication';
import { isService } from '@/lib/access/service';
import { isManagementKey, isRetiredScope } from './scope';
import { isReservedScope, isServiceKey, reservedPrefix } from './service-key';

/** The messages for an operator who tries what only an admin may do. */
export const reservedScopesRefusal =
  'Only an admin can grant or take away scopes that begin with "keydesk:".';
export const retiredScopesRefusal =
  'The scope "keydesk:manage" is no longer used and cannot be granted.';
export const serviceKeyNotice =
  'This key has scopes of Keydesk itself: only an admin can change more of it than its name and metadata.';
export const serviceKeyRefusal = `${serviceKeyNotice} Nothing was changed.`;
export const serviceKeysNotice =
  'Some of their keys have scopes of Keydesk itself: only an admin can enable, disable or delete this user, or decide about the keys.';
export const serviceKeysRefusal = `${serviceKeysNotice} Nothing was changed.`;

/** `isServiceKey` as a condition on `api_key`. */
export const isServiceKeySql = sql`exists (select from unnest(api_key.scopes) held (scope)
  where starts_with(lower(held.scope), ${reservedPrefix}))`;

type By = Pick<Administrator, 'role'>;
type Scoped = { scopes: string[] };

/**
 * The rule for service keys, which have scopes of Keydesk itself: only an admin may make one, extend it or
 * take it away. Otherwise an operator could act with the rights of a service, or stop every gateway. It is
 * checked under the lock, on the key as it is (null for a new one) and as it will be.
 */
export function mayChange(by: By, before: Scoped | null, after: Scoped | null = before): boolean {
  if (hasRole(by, 'admin')) return true;
  return ![before, after].some((key) => key !== null && isServiceKey(key.scopes));
}

/**
 * The rule for keys of the management API: an administrator who sees the secret of one must have proved lately
 * who they are. Whoever stole an open browser could otherwise go on with the key after its session was ended.
 *
 * @throws ReauthenticationRequiredError if the change would give them such a secret
 */
export function requireProofFor(by: Actor, before: Scoped | null, after: Scoped): void {
  const gives = isManagementKey(after.scopes) && !(before && isManagementKey(before.scopes));
  if (gives && !isService(by)) requireReauthentication(by);
}

/** Whether the key would be granted a scope that can no longer be granted; one that it has it may keep. */
export function grantsRetired(before: Scoped | null, after: Scoped): boolean {
  return after.scopes.some((scope) => isRetiredScope(scope) && !before?.scopes.includes(scope));
}

/** Whether both have the same scopes of Keydesk itself. */
export function sameReserved(before: Scoped, after: Scoped): boolean {
  const reserved = ({ scopes }: Scoped) => scopes.filter(isReservedScope).sort().join(' ');
  return reserved(before) === reserved(after);
}

/** The same for many keys at once. */
export function mayChangeAll(by: By, keys: Scoped[]): boolean {
  return keys.every((key) => mayChange(by, key));
}

/** The same for all keys of a user, because enabling or disabling a user also affects their keys. */
export async function mayChangeKeysOf(
  by: By,
  ownerId: string,
  tx: Queryable = database(),
): Promise<boolean> {
  if (hasRole(by, 'admin')) return true;
  const keys = await tx
    .select({ scopes: apiKey.scopes })
    .from(apiKey)
    .where(and(eq(apiKey.ownerId, ownerId), isNull(apiKey.deletedAt)))
    .groupBy(apiKey.scopes);
  return mayChangeAll(by, keys);
}
