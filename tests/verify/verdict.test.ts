import { type FoundKey, judge } from '@/lib/verify/verdict';

const good: FoundKey = {
  id: 'key',
  name: '',
  dead: false,
  version: 1,
  active: true,
  expired: false,
  expiresAt: null,
  issuedAt: '2026-01-01T00:00:00Z',
  scopes: ['reports:read'],
  allowedAddresses: [],
  rateLimit: null,
  user: { id: 'user', username: 'bob', active: true },
  metadata: null,
};
const anyone = { scopes: [], ip: null };

test.each([
  ['a good key', good, anyone, 'VALID'],
  ['no key', undefined, anyone, 'NOT_FOUND'],
  ['a deleted or replaced one', { ...good, dead: true }, anyone, 'NOT_FOUND'],
  ['one that is switched off', { ...good, active: false }, anyone, 'INACTIVE'],
  ['an expired one', { ...good, expired: true }, anyone, 'EXPIRED'],
  [
    'the key of a disabled owner',
    { ...good, user: { ...good.user, active: false } },
    anyone,
    'OWNER_INACTIVE',
  ],
  ['its own scope', good, { scopes: ['reports:read'], ip: null }, 'VALID'],
  ['one scope too many', good, { scopes: ['reports:read', 'x'], ip: null }, 'INSUFFICIENT_SCOPE'],
] as const)('%s: %s', (_, key, asked, code) => {
  expect(judge(key as FoundKey | undefined, asked)).toBe(code);
});

test('INACTIVE comes before EXPIRED, because it must be corrected first', () => {
  expect(judge({ ...good, active: false, expired: true }, anyone)).toBe('INACTIVE');
});

test('a key for some networks is refused elsewhere, and if the address is unknown', () => {
  const bound = { ...good, allowedAddresses: ['203.0.113.0/24', '2001:db8::/32'] };
  const from = (ip: string | null) => judge(bound, { scopes: [], ip });
  expect(from('203.0.113.9')).toBe('VALID');
  expect(from('::ffff:203.0.113.9')).toBe('VALID');
  expect(from('2001:db8:1::1')).toBe('VALID');
  expect(from('203.0.114.9')).toBe('IP_DENIED');
  expect(from('unknown')).toBe('IP_DENIED');
  expect(from(null)).toBe('IP_DENIED');
});
