import 'server-only';
import { canonicalAddress } from '@/lib/network/address';
import { type Code, codes } from './verdict';

/** Addresses kept for each secret of a key: the latest. */
export const mostSources = 5;
const longestAddress = 45;

/**
 * Calls of a key that have all in common: the secret, the answer, the hour and the address. A link of
 * a chain, for a list in its own right costs three times as much where there may be very many.
 */
export type Use = {
  /** An hour since 1970 and the place of a code in {@link codes}, as one number. */
  slot: number;
  version: number;
  /** As told; empty where none was, null where it is not among those that are kept. */
  address: string | null;
  /** In seconds since 1970. */
  lastSeen: number;
  calls: number;
  next: Use | null;
};

/** Calls as they come in. */
export type Seen = Omit<Use, 'next'>;

/** What waits to be written of one key, and when, in seconds since 1970, that last happened. */
export type KeyUse = { writtenAt: number; first: Use | null };

export const slotOf = (now: number, code: Code) =>
  Math.floor(now / 3_600) * codes.length + codes.indexOf(code);
/** In seconds since 1970. */
export const hourOf = (slot: number) => Math.floor(slot / codes.length) * 3_600;
export const codeOf = (slot: number) => codes[slot % codes.length] as Code;

export function* chain(first: Use | null): Generator<Use> {
  for (let use = first; use; use = use.next) yield use;
}

/**
 * Counts calls. Of each secret the latest few addresses are kept, and one of them wherever there is
 * no room for more; calls from the others count all the same.
 *
 * @param room for how many more uses there is memory
 * @returns how many uses more than before are kept
 */
export function countUse(key: KeyUse, room: number, seen: Seen): number {
  if (addTo(key.first, seen)) return 0;
  // Looked at only here, for most calls come from an address that is known.
  const address = knownAddress(seen.address);
  if (address !== seen.address) return countUse(key, room, { ...seen, address });
  if (address === null || isKept(key, seen)) return link(key, seen);
  const oldest = inTheWay(key, room, seen);
  if (oldest === null) return link(key, seen);
  if (oldest.lastSeen > seen.lastSeen) return countUse(key, room, { ...seen, address: null });
  return forget(key, oldest) + link(key, seen);
}

function addTo(first: Use | null, { slot, version, address, lastSeen, calls }: Seen): boolean {
  for (let use = first; use; use = use.next) {
    if (use.slot !== slot || use.version !== version || use.address !== address) continue;
    use.calls += calls;
    if (lastSeen > use.lastSeen) use.lastSeen = lastSeen;
    return true;
  }
  return false;
}

function link(key: KeyUse, { slot, version, address, lastSeen, calls }: Seen): number {
  key.first = { slot, version, address, lastSeen, calls, next: key.first };
  return 1;
}

function isKept({ first }: KeyUse, { version, address }: Seen): boolean {
  for (const use of chain(first)) {
    if (use.version === version && use.address === address) return true;
  }
  return false;
}

/** Of the addresses of this secret, where there may be no more, the one that was silent for longest. */
function inTheWay({ first }: KeyUse, room: number, { version }: Seen): Seen | null {
  const latest = new Map<string, Use>();
  for (const use of chain(first)) {
    if (use.version !== version || use.address === null) continue;
    if (use.lastSeen >= (latest.get(use.address)?.lastSeen ?? 0)) latest.set(use.address, use);
  }
  if (latest.size === 0 || (latest.size < mostSources && room > 0)) return null;
  return [...latest.values()].reduce((one, other) => (other.lastSeen < one.lastSeen ? other : one));
}

/** Counts on, without the address. */
function forget(key: KeyUse, { version, address }: Seen): number {
  const uses = [...chain(key.first)];
  key.first = null;
  let kept = 0;
  for (const use of uses) {
    const isMeant = use.version === version && use.address === address;
    const left = isMeant ? { ...use, address: null } : use;
    if (!addTo(key.first, left)) kept += link(key, left);
  }
  return kept - uses.length;
}

/** What is remembered of an address that a caller told; nothing of what is none. */
function knownAddress(address: string | null): string | null {
  if (address === null) return null;
  return address.length <= longestAddress ? (canonicalAddress(address) ?? '') : '';
}
