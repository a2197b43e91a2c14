import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Order, Term } from '@/lib/lists/order';
import { expiringDays, type keySorts, type StatusFilter } from './key-input';

type Word<Sort> = Sort extends `-${string}` ? never : Sort;

const expiry = sql`coalesce(t.expires_at, 'infinity')`;
const byExpiry: Term = { value: expiry, type: 'timestamp', as: 'expiry' };
const id: Term = { value: sql`t.id`, type: 'uuid' };

/**
 * Written as their indexes are; the id settles ties, so pages hold still. Status goes by stored facts,
 * not by the clock: keys that are switched on come first, those that last longest before those that
 * have expired. So active, expired and inactive keys follow each other at any moment, in an index that
 * time does not change.
 */
const terms: Record<Word<(typeof keySorts)[number]>, Term[]> = {
  created: [{ value: sql`t.created_at`, type: 'timestamp' }],
  username: [{ value: sql`t.owner_folded`, type: 'text' }],
  status: [{ value: sql`t.active`, type: 'boolean' }, byExpiry],
  used: [{ value: sql`t.used_at`, type: 'timestamp' }],
  expires: [byExpiry],
};

/** Never SQL from the address: the sort words map to these. */
export function keyOrder(sort: (typeof keySorts)[number]): Order {
  const word = sort.replace(/^-/, '') as keyof typeof terms;
  const upwards = !sort.startsWith('-');
  return { terms: [...terms[word], id], down: word === 'status' ? upwards : !upwards };
}

const soon = sql`${expiry} > now() and ${expiry} <= now() + make_interval(days => ${expiringDays})`;

/** A status in terms of the index that finds its keys. */
export const statusTerms: Record<StatusFilter, SQL> = {
  active: sql`t.active and ${expiry} > now()`,
  expired: sql`t.active and ${expiry} <= now()`,
  inactive: sql`not t.active`,
  expiring: sql`t.active and ${soon}`,
};

/**
 * What `api_key_newest_apart` is cut by: who asks for keys that are off meets no others, and who asks for
 * keys by their end only such as have one.
 */
const statusApart: Record<StatusFilter, SQL | null> = {
  active: null,
  expired: sql`t.active and t.expires_at is not null`,
  inactive: sql`not t.active`,
  expiring: sql`t.active and t.expires_at is not null`,
};

const statusExpiry: Record<StatusFilter, SQL | null> = {
  active: sql`${expiry} > now()`,
  expired: sql`${expiry} <= now()`,
  inactive: null,
  expiring: soon,
};

/** Where in the order a status begins and ends, or which index has its keys apart. */
export function statusBounds(sort: (typeof keySorts)[number], status: StatusFilter): SQL[] {
  const bounds: Record<string, SQL | null> = {
    status: statusTerms[status],
    expires: statusExpiry[status],
    created: statusApart[status],
  };
  const bound = bounds[sort.replace(/^-/, '')];
  return bound ? [bound] : [];
}
