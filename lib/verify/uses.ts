import 'server-only';
import { canonicalAddress } from '@/lib/network/address';
import { type Code, codes } from './verdict';

/** How many addresses are kept for each secret of a key: the latest ones. */
export const mostSources = 5;
const longestAddress = 45;

/**
 * Calls of a key with the same secret, answer, hour and address. Each is a link of a chain, because a list of
 * its own costs three times as much memory, and there may be very many.
 */
export type Use = {
  /** The hour since 1970 and the position of a code in {@link codes}, as one number. */
  slot: number;
  version: number;
  /** As the caller reported it. Empty if it reported none, null if the address is not among those kept. */
  address: string | null;
  /** In seconds since 1970. */
  lastSeen: number;
  calls: number;
  next: Use | null;
};

/** Calls as they arrive. */
export type Seen = Omit<Use, 'next'>;

/** What waits to be written for one key, and when it was last written, in seconds since 1970. */
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
 * Counts calls. Keeps the latest few addresses of each secret, and only one if there is no memory for more.
 * Calls from other addresses are counted without the address.
 *
 * @param room how many more uses fit into memory
 * @returns how many more uses are kept than before
 */
export function countUse(key: KeyUse, room: number, seen: Seen): number {
  if (addTo(key.first, seen)) return 0;
  // Parsed only here, because most calls come from an address that is known.
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

/** The secret's address that was silent for longest, if no further address fits; otherwise null. */
function inTheWay({ first }: KeyUse, room: number, { version }: Seen): Seen | null {
  const latest = new Map<string, Use>();
  for (const use of chain(first)) {
    if (use.version !== version || use.address === null) continue;
    if (use.lastSeen >= (latest.get(use.address)?.lastSeen ?? 0)) latest.set(use.address, use);
  }
  if (latest.size === 0 || (latest.size < mostSources && room > 0)) return null;
  return [...latest.values()].reduce((one, other) => (other.lastSeen < one.lastSeen ? other : one));
}

/** Keeps the counts of an address and drops the address itself. */
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

/** The address in canonical form; an empty text if the caller reported something else. */
function knownAddress(address: string | null): string | null {
  if (address === null) return null;
  return address.length <= longestAddress ? (canonicalAddress(address) ?? '') : '';
}
