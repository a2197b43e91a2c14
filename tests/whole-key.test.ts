import fc from 'fast-check';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { findWholeKey, holdsWholeKey, noWholeKey, withoutWholeKeys } from '@/lib/forms/whole-key';
import { mintSecret } from '@/lib/keys/secret/secret';
import { cursorText } from '@/lib/lists/cursor';
import { searchParam } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const prefix = fc.stringMatching(/^[a-z0-9]{2,12}$/);
/** A real key of this desk or another, or one with a wrong checksum. */
const key = fc.oneof(
  prefix.map(mintSecret),
  fc
    .tuple(prefix, fc.string({ unit: fc.constantFrom(...digits), minLength: 49, maxLength: 49 }))
    .map(([start, rest]) => `${start}_${rest}`),
);
const blank = fc.constantFrom(' ', '\t', '\n', '\u00a0', '\u200b', '\ufeff');

describe('a whole key', () => {
  it('is found in any text around it', () => {
    fc.assert(
      fc.property(key, fc.string(), fc.string(), (secret, before, after) => {
        expect(holdsWholeKey(`${before} ${secret} ${after}`)).toBe(true);
      }),
    );
  });

  it('is found with blanks inside, and looked up without them', () => {
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: 48 }), blank, (start, at, gap) => {
        // Not a real key, because one in some thousands has no digit and looks like words.
        const secret = `${start}_${'aB3dE9f'.repeat(7)}`;
        const pasted = ` ${secret.slice(0, -at)}${gap}${secret.slice(-at)}\n`;
        expect(findWholeKey(pasted)).toBe(secret);
      }),
    );
  });

  it.each([
    'kd_AbCd…wXyZ',
    'kd_AbCd',
    'grace.hopper',
    'a_b_c_d',
    `kd_${'a1B'.repeat(14)}`,
    'my_report of the nightly job that Grace runs for the whole department 7',
    '01890a5d-ac96-774b-bcce-b302099a8057',
    `${'x'.repeat(200)}`,
    '',
  ])('is not what "%s" is', (text) => {
    expect(holdsWholeKey(text)).toBe(false);
  });

  it('is not found in a cursor, whatever names are in it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 30 }), (name) => {
        const at = cursorText('username', { side: 'after', values: [name, name] });
        expect(listPath('/keys', { at })).toBe(`/keys?at=${at}`);
      }),
      { numRuns: 1_000 },
    );
  });

  it('is refused by the pattern of the field, and nothing else is', () => {
    const pattern = new RegExp(`^(?:${noWholeKey})$`, 'v');
    fc.assert(
      fc.property(key, (secret) => {
        expect(pattern.test(` x ${secret} y`)).toBe(false);
      }),
    );
    for (const text of ['', 'grace', 'kd_AbCd…wXyZ', 'a'.repeat(500)]) {
      expect(pattern.test(text)).toBe(true);
    }
  });

  it('is found in linear time', () => {
    const began = performance.now();
    holdsWholeKey('a_'.repeat(50_000));
    holdsWholeKey('aB1 '.repeat(50_000));
    expect(performance.now() - began).toBeLessThan(500);
  });
});

describe('an address', () => {
  it('of ours never contains one', () => {
    fc.assert(
      fc.property(key, (secret) => {
        const inside = encodeURIComponent(`/keys?username=${secret}`);
        for (const path of [
          listPath('/keys', { username: secret, status: 'active' }),
          listPath('/keys/new', { back: `/keys?username=${secret}` }),
          safeRedirect(`/keys?username=+${secret}&status=active`, '/'),
          withoutWholeKeys(`/login?next=${inside}&status=active`),
          withoutWholeKeys(`/keys?${secret}&status=active`),
        ]) {
          expect(decodeURIComponent(path)).not.toContain(secret);
        }
        expect(listPath('/keys', { username: secret, status: 'active' })).toBe(
          '/keys?status=active',
        );
        expect(searchParam.parse(` ${secret}`)).toBe('');
      }),
    );
  });

  it('without one stays unchanged, letter by letter', () => {
    for (const path of ['/keys?username=a%20b&x', '/keys', '/audit?actor=%C3%A9&page=2']) {
      expect(withoutWholeKeys(path)).toBe(path);
    }
  });
});
