import 'server-only';
import { BlockList, isIP, isIPv6 } from 'node:net';
import { isWithin } from '@/lib/network/address';
import { deliveryMessages } from './delivery-messages';
import { type Address, findAddresses, type Resolve } from './find-addresses';

/** Networks without public servers, from IANA's registries of special-purpose addresses. */
const special = new BlockList();
const ipv4 =
  '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.31.196.0/24 192.52.193.0/24 192.88.99.0/24 192.168.0.0/16 192.175.48.0/24 198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4';
const ipv6 = '2001::/23 2001:db8::/32 2002::/16 3fff::/20';
for (const network of ipv4.split(' ')) add(special, network, 'ipv4');
for (const network of ipv6.split(' ')) add(special, network, 'ipv6');

/** The range of IPv6 for public servers. Mapped, translated, local and multicast addresses are outside. */
const globalIpv6 = new BlockList();
add(globalIpv6, '2000::/3', 'ipv6');

function add(list: BlockList, network: string, family: 'ipv4' | 'ipv6') {
  const [base = '', bits] = network.split('/');
  list.addSubnet(base, Number(bits), family);
}

/** Whether this is an address of the public internet. */
export function isPublic(address: string): boolean {
  if (address.includes('%') || isIP(address) === 0) return false;
  if (!isIPv6(address)) return !special.check(address, 'ipv4');
  return globalIpv6.check(address, 'ipv6') && !special.check(address, 'ipv6');
}

export type Judged = { addresses: Address[] } | { problem: string };

/** BlockList treats `::ffff:10.0.0.1` as IPv4. Here such an address is allowed only as it is written. */
const isAllowed = (address: string, allowed: readonly string[]) =>
  !address.includes('%') && isWithin(address, allowed);

/**
 * The addresses that a connection to this URL may use, or one sentence why there are none. One refused
 * address refuses the whole name, so that chance does not decide which one is used. The caller must connect
 * to exactly these addresses, because the name may resolve to others a moment later.
 */
export async function judge(
  url: URL,
  allowed: readonly string[],
  resolve: Resolve = findAddresses,
): Promise<Judged> {
  const host = url.hostname.replace(/^\[(.*)\]$/, '$1');
  const family = isIP(host);
  const addresses = family
    ? [{ address: host, family }]
    : await resolve(host).catch((): Address[] => []);
  if (addresses.length === 0) return { problem: deliveryMessages.hostNotFound };
  for (const { address } of addresses) {
    if (isAllowed(address, allowed)) continue;
    if (!isPublic(address)) {
      return { problem: deliveryMessages.notPublic(address) };
    }
    if (url.protocol !== 'https:') {
      return { problem: deliveryMessages.plainHttp };
    }
  }
  return { addresses };
}
