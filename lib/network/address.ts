import 'server-only';
import { BlockList, isIP, isIPv4 } from 'node:net';
import addresses from 'ipaddr.js';

/**
 * The canonical spelling of an address from a socket, a proxy or a service. It has no port, brackets, quotes
 * or zone. IPv4 mapped into IPv6 becomes IPv4, and IPv6 follows RFC 5952.
 *
 * @returns null if the text is not an address
 */
export function canonicalAddress(text: string): string | null {
  // The fast path: most addresses are IPv4, and verification calls this for each request.
  if (isIPv4(text)) return text;
  const bare = withoutPort(text.trim().replace(/^"(.*)"$/, '$1'));
  const plain = bare.replace(/%.*$/, '');
  if (isIP(plain) !== 6) return isIPv4(plain) ? plain : null;
  // The library reads `::1.2.3.4` as a mapped address. The URL standard reads it correctly.
  const address = addresses.IPv6.parse(new URL(`http://[${plain}]`).hostname.slice(1, -1));
  return (address.isIPv4MappedAddress() ? address.toIPv4Address() : address).toString();
}

/** Removes the port from `[2001:db8::1]:443` and `192.0.2.1:443`. A bare IPv6 address has none. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1];
  return bracketed ?? /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text)?.[1] ?? text;
}

/**
 * The source to which guesses from a canonical address count. It is the IPv4 address or the IPv6 /64, the
 * smallest network that a customer gets.
 */
export function sourceOf(address: string): string {
  if (isIP(address) !== 6) return address;
  return `${addresses.IPv6.networkAddressFromCIDR(`${address}/64`)}/64`;
}

/** Whether the address is in one of the networks, each written `address/bits`. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const canonical = canonicalAddress(address);
  if (canonical === null) return false;
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list.check(canonical, isIPv4(canonical) ? 'ipv4' : 'ipv6');
}

/** Whether all addresses of the network are in one of the others, each written `address/bits`. */
export function isNetworkWithin(network: string, others: readonly string[]): boolean {
  const inner = parsedNetwork(network);
  return others.some((other) => {
    const outer = parsedNetwork(other);
    const { address } = inner;
    return (
      outer.bits <= inner.bits &&
      address.kind() === outer.address.kind() &&
      address.match(outer.address, outer.bits)
    );
  });
}

function parsedNetwork(network: string) {
  const [base = '', given] = network.split('/');
  const address = addresses.parse(base);
  const bits = Number(given ?? (address.kind() === 'ipv6' ? 128 : 32));
  const isMapped = address instanceof addresses.IPv6 && address.isIPv4MappedAddress() && bits >= 96;
  return isMapped ? { address: address.toIPv4Address(), bits: bits - 96 } : { address, bits };
}

/** Adds a network of mapped addresses as the IPv4 network it stands for. */
function addNetwork(list: BlockList, network: string): void {
  const { address, bits } = parsedNetwork(network);
  list.addSubnet(address.toString(), bits, address.kind());
}
