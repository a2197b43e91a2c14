import type { CreateKeyInput } from '../key-input';

type Policy = Pick<
  CreateKeyInput,
  'scopes' | 'expires' | 'allowedAddresses' | 'rateLimit' | 'rateWindow' | 'metadata' | 'lifetime'
>;

/** The texts of the fields of a policy; entered again, they give the same policy. Client-safe. */
export function policyValues(policy: Partial<Policy>) {
  const { scopes, expires, allowedAddresses, rateLimit, rateWindow, metadata, lifetime } = policy;
  return {
    scopes: scopes?.join(' ') ?? '',
    expires: expires?.toISOString().slice(0, 16) ?? '',
    lifetime: lifetime ?? (expires ? 'date' : 'never'),
    allowedAddresses: allowedAddresses?.join(' ') ?? '',
    rateLimit: rateLimit?.toString() ?? '',
    rateWindow: rateWindow?.toString() ?? '60',
    metadata: metadata ? JSON.stringify(metadata) : '',
  };
}

type LimitedKey = Pick<Policy, 'scopes' | 'allowedAddresses' | 'rateLimit' | 'metadata'> & {
  expiresAt: Date | null;
  rateWindow: number | null;
};

export type PolicyValues = ReturnType<typeof policyValues>;

/** The same for an existing key. */
export const policyOf = ({ expiresAt, rateWindow, ...key }: LimitedKey) =>
  policyValues({ ...key, expires: expiresAt, rateWindow: rateWindow ?? 60 });
