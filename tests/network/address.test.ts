import fc from 'fast-check';
import { canonicalAddress, isWithin, sourceOf } from '@/lib/network/address';

describe('an address has one spelling', () => {
  test.each([
    ['192.0.2.1', '192.0.2.1'],
    ['192.0.2.1:443', '192.0.2.1'],
    [' 192.0.2.1 ', '192.0.2.1'],
    ['"192.0.2.1"', '192.0.2.1'],
    ['::ffff:192.0.2.1', '192.0.2.1'],
    ['::FFFF:c000:201', '192.0.2.1'],
    ['0:0:0:0:0:ffff:c000:0201', '192.0.2.1'],
    ['[::ffff:192.0.2.1]:443', '192.0.2.1'],
    ['2001:DB8:0:0:0:0:0:1', '2001:db8::1'],
    ['2001:0db8::0001', '2001:db8::1'],
    ['[2001:db8::1]', '2001:db8::1'],
    ['"[2001:db8::1]:47011"', '2001:db8::1'],
    ['fe80::1%eth0', 'fe80::1'],
    ['::1', '::1'],
    ['::1.2.3.4', '::102:304'],
    ['::102:304', '::102:304'],
    ['64:ff9b::192.0.2.1', '64:ff9b::c000:201'],
  ])('%j is %j', (text, expected) => expect(canonicalAddress(text)).toBe(expected));

  test.each([
    ['', 'unknown', 'unix:', '_hidden', 'example.org', '192.0.2', '192.0.2.256', '010.0.0.1'],
    ['0x7f.0.0.1', '2130706433', '1.2.3.4.5', '192.0.2.1:x', '[192.0.2.1', ':::1', '1:2:3'],
    ['192.0.2.1, 192.0.2.2', '::ffff:192.0.2.256', '[2001:db8::1]:999999', '/', '%'],
  ])('invalid addresses have none: %j, %j, %j …', (...texts) => {
    for (const text of texts) expect([text, canonicalAddress(text)]).toEqual([text, null]);
  });

  test('for every notation of the same bytes', () => {
    const group = fc.integer({ min: 0, max: 0xffff });
    fc.assert(
      fc.property(
        fc.array(group, { minLength: 8, maxLength: 8 }),
        fc.nat(65_535),
        (groups, port) => {
          const hex = groups.map((one) => one.toString(16));
          const long = hex.map((one) => one.padStart(4, '0').toUpperCase()).join(':');
          const spellings = [hex.join(':'), long, `[${long}]:${port}`, `${hex.join(':')}%eth1`];
          const canonical = canonicalAddress(long);
          expect(new Set(spellings.map(canonicalAddress))).toEqual(new Set([canonical]));
          expect(canonicalAddress(canonical ?? '')).toBe(canonical);
        },
      ),
    );
  });

  test('and no text makes it throw', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'0123456789abcf:.[]%"/ ') }), (text) => {
        const canonical = canonicalAddress(text);
        if (canonical !== null) expect(canonicalAddress(canonical)).toBe(canonical);
      }),
      { numRuns: 2_000 },
    );
  });
});

test('networks of one address, and an empty list', () => {
  expect(isWithin('192.0.2.1', ['192.0.2.1/32'])).toBe(true);
  expect(isWithin('192.0.2.1', ['192.0.2.1'])).toBe(true);
  expect(isWithin('192.0.2.1', [])).toBe(false);
  expect(isWithin('unknown', ['0.0.0.0/0', '::/0'])).toBe(false);
});

test('a network of mapped addresses is the IPv4 network that it stands for', () => {
  expect(isWithin('192.0.2.1', ['::ffff:192.0.2.0/120'])).toBe(true);
  expect(isWithin('192.0.3.1', ['::ffff:192.0.2.0/120'])).toBe(false);
  expect(isWithin('::ffff:c000:201', ['192.0.2.0/24'])).toBe(true);
});

test('an IPv6 customer is one source of guesses, whatever addresses it uses', () => {
  expect(sourceOf('2001:db8:1:2::1')).toBe(sourceOf('2001:db8:1:2:ffff::9'));
  expect(sourceOf('2001:db8:1:2::1')).not.toBe(sourceOf('2001:db8:1:3::1'));
  expect(sourceOf('192.0.2.1')).not.toBe(sourceOf('192.0.2.2'));
});
