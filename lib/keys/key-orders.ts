import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import type { Order, Term } from '@/lib/lists/order';
import { waitingKeys } from './hand-over/waiting';
import { expiringDays, type keySorts, type StatusFilter } from './key-input';

type Word<Sort> = Sort extends `-${string}` ? never : Sort;

const expiry = sql`coalesce(t.expires_at, 'infinity')`;
const byExpiry: Term = { value: expiry, type: 'timestamp', as: 'expiry' };
const id: Term = { value: sql`t.id`, type: 'uuid' };

/**
 * Written exactly like their indexes. The id comes last, so that rows with equal values keep their order.
 * Status is sorted by stored values, not by the clock: first the keys that are switched on, those with the
 * latest expiry date first. Active, expired and inactive keys therefore follow each other at any time, in an
 * index that does not change with time.
 */
const terms: Record<Word<(typeof keySorts)[number]>, Term[]> = {
  created: [{ value: sql`t.created_at`, type: 'timestamp' }],
  username: [{ value: sql`t.owner_folded`, type: 'text' }],
  status: [{ value: sql`t.active`, type: 'boolean' }, byExpiry],
  used: [{ value: sql`t.used_at`, type: 'timestamp' }],
  expires: [byExpiry],
};

/** Sort words map to these terms, so that no SQL comes from the address. */
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
  inactive: sql`not t.active and t.id not in ${waitingKeys}`,
  expiring: sql`t.active and ${soon}`,
  waiting: sql`not t.active and t.id in ${waitingKeys}`,
};

/**
 * The parts of `api_key_newest_apart`. A search for inactive keys reads only inactive keys, and a search by
 * expiry date reads only keys that have one.
 */
const statusApart: Record<StatusFilter, SQL | null> = {
  active: null,
  expired: sql`t.active and t.expires_at is not null`,
  inactive: sql`not t.active`,
  expiring: sql`t.active and t.expires_at is not null`,
  waiting: sql`not t.active`,
};

const statusExpiry: Record<StatusFilter, SQL | null> = {
  active: sql`${expiry} > now()`,
  expired: sql`${expiry} <= now()`,
  inactive: null,
  expiring: soon,
  waiting: null,
};

/** The part of the order that has this status, or the index that holds only its keys. */
export function statusBounds(sort: (typeof keySorts)[number], status: StatusFilter): SQL[] {
  const bounds: Record<string, SQL | null> = {
    status: status === 'waiting' ? statusTerms.inactive : statusTerms[status],
    expires: statusExpiry[status],
    created: statusApart[status],
  };
  const bound = bounds[sort.replace(/^-/, '')];
  return bound ? [bound] : [];
}
