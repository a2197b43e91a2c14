import fc from 'fast-check';
import { newPolicy } from '@/lib/keys/policy/policy-input';
import { isScopeName } from '@/lib/keys/scope';
import { isReservedScope } from '@/lib/keys/service-key';

/** Scopes as a key's form reads them; null for an error. */
const parseScopes = (text: string) => newPolicy.scopes.safeParse(text).data ?? null;

test('scopes are separated by blanks, and each counts once', () => {
  expect(parseScopes('  reports:read\n reports:write reports:read ')).toEqual([
    'reports:read',
    'reports:write',
  ]);
  expect(parseScopes('')).toEqual([]);
});

test.each(['', 'a b', 'say"so', 'back\\slash', 'käse', 'tab\t', 'x'.repeat(65)])(
  '%j is no scope name',
  (text) => expect(isScopeName(text)).toBe(false),
);

test('more than fifty are refused', () => {
  expect(parseScopes(Array.from({ length: 50 }, (_, n) => `s${n}`).join(' '))).toHaveLength(50);
  expect(parseScopes(Array.from({ length: 51 }, (_, n) => `s${n}`).join(' '))).toBeNull();
});

test('any typed text gives a list of scope names or nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const scopes = parseScopes(text);
      return scopes === null || scopes.every(isScopeName);
    }),
  );
});

test('the scopes of Keydesk itself are reserved, in whatever case they are typed', () => {
  expect(isReservedScope('keydesk:verify')).toBe(true);
  expect(isReservedScope('KeyDesk:verify')).toBe(true);
  expect(isReservedScope('keydesks:verify')).toBe(false);
});
