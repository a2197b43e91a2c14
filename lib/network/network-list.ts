import 'server-only';
import { isIP } from 'node:net';

export const mostNetworks = 100;

/** Why the text is not a network, as a message for the field; null if it is one. */
export function networkProblem(text: string): string | null {
  const [address = '', bits, ...more] = text.split('/');
  const family = address.includes('%') ? 0 : isIP(address);
  const shown = text.slice(0, 64);
  if (family === 0 || more.length > 0) return `"${shown}" is no IP address and no network.`;
  const most = family === 4 ? 32 : 128;
  if (bits === undefined) return null;
  if (!/^(0|[1-9]\d{0,2})$/.test(bits) || Number(bits) > most) {
    return `"${shown}" is no network: after the / stands a number from 0 to ${most}.`;
  }
  const first = firstAddress(address, Number(bits));
  return first === null
    ? null
    : `"${shown}" is not the start of a network. Write ${first}/${bits}.`;
}

/** The first address of the network around this one; null if this one is the first. */
function firstAddress(address: string, bits: number): string | null {
  const long = isIP(address) === 6;
  const value = long ? readIPv6(address) : readIPv4(address);
  const below = BigInt((long ? 128 : 32) - bits);
  const first = (value >> below) << below;
  if (first === value) return null;
  return long ? writeIPv6(first) : writeIPv4(first);
}

const readIPv4 = (address: string) =>
  address.split('.').reduce((value, part) => (value << 8n) | BigInt(part), 0n);

const writeIPv4 = (value: bigint) =>
  [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 255n).join('.');

/** The groups of the address. An IPv4 tail counts as two. */
function readIPv6(address: string): bigint {
  const plain = address.replace(/(\d+\.\d+\.\d+\.\d+)$/, (tail) => {
    const value = readIPv4(tail);
    return `${(value >> 16n).toString(16)}:${(value & 0xffffn).toString(16)}`;
  });
  const [head = '', tail] = plain.split('::');
  const left = head.split(':').filter(Boolean);
  const right = (tail ?? '').split(':').filter(Boolean);
  const zeros = tail === undefined ? 0 : 8 - left.length - right.length;
  const groups = [...left, ...Array<string>(zeros).fill('0'), ...right];
  return groups.reduce((value, group) => (value << 16n) | BigInt(`0x${group}`), 0n);
}

function writeIPv6(value: bigint): string {
  const groups = [112n, 96n, 80n, 64n, 48n, 32n, 16n, 0n];
  const text = groups.map((shift) => ((value >> shift) & 0xffffn).toString(16)).join(':');
  const zeros = text.match(/(^|:)0(:0)+(:|$)/g) ?? [];
  const longest = zeros.sort((one, other) => other.length - one.length)[0];
  return longest ? text.replace(longest, '::') : text;
}
