import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { expiringDays } from '@/lib/keys/key-input';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { toldPerson } from '@/lib/keys/told-person';
import { orTooSlow } from '@/lib/lists/too-slow';
import { isMailOn } from '@/lib/settings/is-mail-on';

/** Somebody who should be told about keys and cannot be. */
export type UnreachedOwner = {
  id: string;
  username: string;
  /** The address that a mail server refused for good; null if there is none at all. */
  refused: string | null;
  /** Their keys that expire soon, where they have no address. */
  expiring: number;
};

/** Shown at most, of each kind. */
export const mostUnreached = 20;

/**
 * Users whose address was refused, and owners without any address whose keys expire soon. Null where owners
 * are not told anyway, or where it takes too long to find them.
 */
export async function listUnreachedOwners(
  administrator: Administrator,
): Promise<UnreachedOwner[] | null> {
  authorize(administrator, 'viewer');
  const { tellOwners } = await findKeyPolicy();
  if (!tellOwners || !isMailOn()) return null;
  const found = await orTooSlow(Promise.all([listRefused(), listWithoutAddress()]));
  return found === 'too-slow' ? null : found.flat();
}

async function listRefused(): Promise<UnreachedOwner[]> {
  const { rows } = await database().execute<UnreachedOwner>(sql`
    select u.id, u.username, u.email as refused, 0 as expiring from directory_user u
    where u.deleted_at is null and u.active and lower(u.email) in (
      select lower(recipient) from notice_delivery where bounced)
    order by u.username_folded collate "C" limit ${mostUnreached}`);
  return rows;
}

async function listWithoutAddress(): Promise<UnreachedOwner[]> {
  const { rows } = await database().execute<UnreachedOwner>(sql`
    with soon as materialized (
      select owner_id, count(*)::int as expiring from api_key
      where deleted_at is null and active
        and expires_at > now() and expires_at < now() + make_interval(days => ${expiringDays})
      group by owner_id
    )
    select o.id, o.username, null as refused, soon.expiring
    from soon join directory_user o on o.id = soon.owner_id
    where o.active and not exists (select from ${toldPerson})
    order by o.username_folded collate "C" limit ${mostUnreached}`);
  return rows;
}
