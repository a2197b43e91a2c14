import 'server-only';
import { isIP, isIPv6 } from 'node:net';
import { plainAddress } from './network';

/** Addresses kept for each secret of a key: the latest. */
export const mostSources = 5;
const longestAddress = 45;

/** From where a secret was used, in memory: small, for there may be very many. */
export type Source = { version: number; address: string; lastSeen: number; calls: number };

/**
 * Counts calls from this address, if it is one. Of each secret the latest few addresses are kept.
 * Without an object for each call, for each verification comes by here.
 *
 * @param room for how many more addresses there is memory; a secret's first one is always kept
 * @returns how many addresses more than before are kept
 */
export function countSource(
  sources: Source[],
  room: number,
  version: number,
  address: string,
  lastSeen: number,
  calls = 1,
): number {
  let same = 0;
  let oldest: Source | undefined;
  for (const source of sources) {
    if (source.version !== version) continue;
    if (source.address === address) {
      source.calls += calls;
      if (lastSeen > source.lastSeen) source.lastSeen = lastSeen;
      return 0;
    }
    same += 1;
    if (!oldest || source.lastSeen < oldest.lastSeen) oldest = source;
  }
  // Looked at only here, for most calls come from an address that is known.
  const known = knownAddress(address);
  if (known !== address) return countSource(sources, room, version, known, lastSeen, calls);
  if (!oldest || (same < mostSources && room > 0)) {
    sources.push({ version, address, lastSeen, calls });
    return 1;
  }
  if (lastSeen >= oldest.lastSeen) Object.assign(oldest, { address, lastSeen, calls });
  return 0;
}

/** What is remembered of an address that a caller told; nothing of what is none. */
function knownAddress(address: string): string {
  return address.length <= longestAddress && isIP(address) !== 0 ? address : '';
}

/** One spelling for each address, so that one caller is one row. */
export function oneSpelling(address: string): string {
  const plain = plainAddress(address).split('%')[0] ?? '';
  if (!isIPv6(plain)) return plain;
  return plainAddress(new URL(`http://[${plain}]`).hostname.slice(1, -1));
}
