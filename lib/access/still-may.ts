import 'server-only';
import { and, eq, gt, isNull, or, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { hasRole, type Role, refusalOf, roleOf } from './administrator';
import type { Right } from './rights';
import { isService, type Service } from './service';

/** An administrator, a service, or the command line, which has no id because it is not in the directory. */
export type Acting = { id: string | null; role: Role };

/**
 * Changes by one administrator share the lock on their own row. A change of that row itself, or one that
 * counts under its lock, locks it exclusively from the start, because two transactions that first share a
 * lock and then upgrade it deadlock.
 */
export type OwnLock = 'share' | 'no key update';

/**
 * Checks at the moment of writing that the acting administrator still has the right. Locks their own row
 * until the end of the transaction, so that before the commit nobody can disable them, change their role or
 * issue a new one-time password for them. If `needed` is null, it only checks that they may still sign in.
 * Rows are locked in this order: users that the change concerns, in the order of ids, including one's own row
 * if they have a role (`lockUser`); keys in the order of ids; one's own row; last the head of the audit.
 * One's own row comes late, so that an administrator who waits for a key can be disabled at once and is then
 * refused. If somebody is disabled while they change a key of their own, the two transactions may deadlock,
 * and `changeAs` repeats its own.
 *
 * A service is checked by its service key in the same way: it must still work and have the scope.
 *
 * @returns the actor with their current role, or the service with its current scopes
 * @throws ForbiddenError if they may not act any more
 */
export async function stillMay<Who extends Acting>(
  tx: Queryable,
  acting: Who,
  needed: Role | Right | null,
  lock: OwnLock = 'share',
): Promise<Who> {
  if (acting.id === null) return acting;
  if (isService(acting)) return { ...acting, scopes: await scopesOf(tx, acting, needed) };
  const [row] = await tx
    .select({ role: directoryUser.role, oneTimeUntil: directoryUser.oneTimeUntil })
    .from(directoryUser)
    .where(
      and(
        eq(directoryUser.id, acting.id),
        eq(directoryUser.active, true),
        isNull(directoryUser.deletedAt),
      ),
    )
    .for(lock);
  if (!row?.role) throw refusalOf(acting, needed ?? acting.role);
  const role = roleOf(needed ?? 'viewer');
  const mayWork = row.oneTimeUntil === null && hasRole({ role: row.role }, role);
  if (needed && !mayWork) throw refusalOf(acting, needed);
  return { ...acting, role: row.role };
}

/**
 * The scopes of a service key that still works. Locks the key and its owner, so that both stay so. Its end is
 * compared with the clock, because the transaction began before it waited.
 */
async function scopesOf(tx: Queryable, service: Service, needed: Role | Right | null) {
  const scope = typeof needed === 'object' ? needed?.scope : undefined;
  const [key] = await tx
    .select({ scopes: apiKey.scopes })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(
      and(
        eq(apiKey.id, service.id),
        eq(apiKey.active, true),
        isNull(apiKey.deletedAt),
        or(isNull(apiKey.expiresAt), gt(apiKey.expiresAt, sql`clock_timestamp()`)),
        eq(directoryUser.active, true),
      ),
    )
    .for('share');
  if (!key || !scope || !key.scopes.includes(scope)) throw refusalOf(service, needed ?? 'viewer');
  return key.scopes;
}
