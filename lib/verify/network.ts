import 'server-only';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Whether the address lies in one of the networks, each written `address/bits`. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const plain = plainAddress(address);
  if (isIP(plain) === 0) return false;
  const list = new BlockList();
  for (const network of networks) {
    const [base = '', bits] = network.split('/');
    const family = isIPv6(base) ? 'ipv6' : 'ipv4';
    list.addSubnet(base, Number(bits ?? (family === 'ipv6' ? 128 : 32)), family);
  }
  return list.check(plain, isIPv6(plain) ? 'ipv6' : 'ipv4');
}

/**
 * Who counts as one source of guesses: an IPv4 address, or the /64 that is the least an IPv6 network
 * hands to one customer.
 */
export function sourceOf(address: string): string {
  const plain = plainAddress(address);
  if (!isIPv6(plain)) return plain;
  const [head = '', tail] = (plain.split('%')[0] ?? '').split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - left.length - right.length);
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}

/** IPv4 in its own clothes: a dual-stack socket reports `::ffff:192.0.2.1`. */
export function plainAddress(address: string): string {
  return /^::ffff:\d+\.\d+\.\d+\.\d+$/i.test(address) ? address.slice('::ffff:'.length) : address;
}

/** One spelling for each address, so that one caller is one row. */
export function oneSpelling(address: string): string {
  const plain = plainAddress(address).split('%')[0] ?? '';
  if (!isIPv6(plain)) return plain;
  return plainAddress(new URL(`http://[${plain}]`).hostname.slice(1, -1));
}
