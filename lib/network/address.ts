import 'server-only';
import { BlockList, isIP, isIPv4 } from 'node:net';
import addresses from 'ipaddr.js';

/**
 * The one spelling of an address, whatever a socket, a proxy or a service made of it: without port,
 * brackets, quotes and zone, IPv4 as such even where it was mapped into IPv6, IPv6 as RFC 5952 writes it.
 *
 * @returns null for what is no address
 */
export function canonicalAddress(text: string): string | null {
  // Most of what comes is this, and verification asks for each call.
  if (isIPv4(text)) return text;
  const bare = withoutPort(text.trim().replace(/^"(.*)"$/, '$1'));
  const plain = bare.replace(/%.*$/, '');
  if (isIP(plain) !== 6) return isIPv4(plain) ? plain : null;
  // The library takes `::1.2.3.4` for a mapped address; the URL standard knows what it is.
  const address = addresses.IPv6.parse(new URL(`http://[${plain}]`).hostname.slice(1, -1));
  return (address.isIPv4MappedAddress() ? address.toIPv4Address() : address).toString();
}

/** `[2001:db8::1]:443` and `192.0.2.1:443` lose their port; a bare IPv6 address has none. */
function withoutPort(text: string): string {
  const bracketed = /^\[([^\]]*)\](?::\d{1,5})?$/.exec(text)?.[1];
  return bracketed ?? /^(\d+\.\d+\.\d+\.\d+):\d{1,5}$/.exec(text)?.[1] ?? text;
}

/**
 * Who counts as one source of guesses, of a canonical address: an IPv4 address, or the /64 that is the
 * least that an IPv6 network hands to one customer.
 */
export function sourceOf(address: string): string {
  if (isIP(address) !== 6) return address;
  return `${addresses.IPv6.networkAddressFromCIDR(`${address}/64`)}/64`;
}

/** Whether the address lies in one of the networks, each written `address/bits`. */
export function isWithin(address: string, networks: readonly string[]): boolean {
  const canonical = canonicalAddress(address);
  if (canonical === null) return false;
  const list = new BlockList();
  for (const network of networks) addNetwork(list, network);
  return list.check(canonical, isIPv4(canonical) ? 'ipv4' : 'ipv6');
}

/** A network of mapped addresses is the IPv4 network that it stands for. */
function addNetwork(list: BlockList, network: string): void {
  const [base = '', given] = network.split('/');
  const address = addresses.parse(base);
  const bits = Number(given ?? (address.kind() === 'ipv6' ? 128 : 32));
  const isMapped = address instanceof addresses.IPv6 && address.isIPv4MappedAddress() && bits >= 96;
  if (isMapped) list.addSubnet(address.toIPv4Address().toString(), bits - 96, 'ipv4');
  else list.addSubnet(base, bits, address.kind());
}
