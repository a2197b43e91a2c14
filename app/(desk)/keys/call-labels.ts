import type { KeyUse } from '@/lib/keys/use/key-use';

const number = (count: number) => count.toLocaleString('en');
const used = (some: number, all: number) =>
  `${number(some)} of ${number(all)} ${all === 1 ? 'key' : 'keys'} used`;

/** `1,000 calls, 3 refused`. */
export function callWords({ calls, refused }: KeyUse['day']): string {
  const all = `${number(calls)} ${calls === 1 ? 'call' : 'calls'}`;
  return refused > 0 ? `${all}, ${number(refused)} refused` : all;
}

/** How much keys are used, where a question could hurt. */
export const useLabels = {
  lastUsed: 'Last used',
  inDay: 'In 24 hours',
  inWeek: 'In 7 days',
  from: 'From',
  unknown: 'How much this key is used could not be looked up.',
  note: 'Up to 30 seconds old. Addresses as reported by your services.',
  noAddress: 'no address reported',
  used,
} as const;
