import { openSecret, sealSecret } from '@/lib/auth/second-factor/sealed-secret';
import {
  encodeBase32,
  matchingStep,
  otpauthAddress,
  totpCode,
} from '@/lib/auth/second-factor/totp';
import { testSettings, useSettings } from '../helpers/settings';

const secret = Buffer.from('12345678901234567890');

beforeEach(() => useSettings({ DATABASE_URL: 'postgresql://x@localhost/x' }));

describe('codes', () => {
  // RFC 6238, appendix B, SHA-1; the last six of its eight digits.
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('at %d s it is %s', (time, code) => {
    expect(totpCode(secret, Math.floor(time / 30))).toBe(code);
  });

  it('are valid one step early or late, and no further', () => {
    const match = (step: number) =>
      matchingStep(secret, totpCode(secret, step), { now: 1_000, lastStep: null });
    expect([998, 999, 1_000, 1_001, 1_002].map(match)).toEqual([null, 999, 1_000, 1_001, null]);
  });

  it('are invalid at or before a used step', () => {
    const match = (step: number) =>
      matchingStep(secret, totpCode(secret, step), { now: 1_000, lastStep: 1_000 });
    expect([999, 1_000, 1_001].map(match)).toEqual([null, null, 1_001]);
  });

  it.each(['', '28708', '2870820', 'abcdef', '２８７０８２', '\0'])('%j is none', (code) => {
    expect(matchingStep(secret, code, { now: 1, lastStep: null })).toBeNull();
  });
});

it('base32 is that of RFC 4648', () => {
  const words = ['', 'f', 'fo', 'foo', 'foob', 'fooba', 'foobar'];
  expect(words.map((word) => encodeBase32(Buffer.from(word)))).toEqual([
    '',
    'MY',
    'MZXQ',
    'MZXW6',
    'MZXW6YQ',
    'MZXW6YTB',
    'MZXW6YTBOI',
  ]);
});

it('the address of the QR code has what apps need, for any name', () => {
  const address = new URL(otpauthAddress(secret, 'ada & co:1', 'Keydesk keys.example.org'));
  expect(address.protocol).toBe('otpauth:');
  expect(decodeURIComponent(address.pathname)).toContain('Keydesk keys.example.org:ada & co:1');
  expect(Object.fromEntries(address.searchParams)).toEqual({
    secret: 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ',
    issuer: 'Keydesk keys.example.org',
    algorithm: 'SHA1',
    digits: '6',
    period: '30',
  });
});

describe('a sealed secret', () => {
  it('opens for its user, and reveals nothing', () => {
    const sealed = sealSecret(secret, 'ada');
    expect(openSecret(sealed, 'ada')).toEqual(secret);
    expect(sealed).toHaveLength(48);
    expect(sealed.includes(secret.subarray(0, 8))).toBe(false);
    expect(sealSecret(secret, 'ada').equals(sealed)).toBe(false);
  });

  it('opens for no other user, and not under another AUTH_SECRET', () => {
    const sealed = sealSecret(secret, 'ada');
    expect(openSecret(sealed, 'otto')).toBeNull();
    useSettings({ AUTH_SECRET: `${testSettings.AUTH_SECRET} too` });
    expect(openSecret(sealed, 'ada')).toBeNull();
  });

  it('does not open if any of its bytes has changed', () => {
    const sealed = sealSecret(secret, 'ada');
    for (let at = 0; at < sealed.length; at++) {
      const changed = Buffer.from(sealed);
      changed.writeUInt8(changed.readUInt8(at) ^ 1, at);
      expect(openSecret(changed, 'ada')).toBeNull();
    }
  });
});
