import type { KeyUse } from '@/lib/keys/use/key-use';

/** `1,000 calls, 3 of them refused`. */
export function callWords({ calls, refused }: KeyUse['day']): string {
  const all = `${calls.toLocaleString('en')} ${calls === 1 ? 'call' : 'calls'}`;
  return refused > 0 ? `${all}, ${refused.toLocaleString('en')} of them refused` : all;
}
