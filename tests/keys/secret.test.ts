import { crc32 } from 'node:zlib';
import fc from 'fast-check';
import { toBase62 } from '@/lib/keys/secret/base62';
import { isWellFormedSecret, mintSecret, secretMac, storedSecret } from '@/lib/keys/secret/secret';

const pepper = { version: 3, key: Buffer.alloc(32, 7) };
const alphabet = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

describe('a secret', () => {
  it('is prefix, 43 random characters and 6 of checksum', () => {
    for (let round = 0; round < 1_000; round++) {
      expect(mintSecret('kd')).toMatch(/^kd_[0-9A-Za-z]{49}$/);
    }
  });

  it('is different every time, with every character at every position', () => {
    const secrets = Array.from({ length: 20_000 }, () => mintSecret('kd'));
    expect(new Set(secrets).size).toBe(secrets.length);
    // The first digit of 256 bits in base 62 is at most "E"; the others are uniform.
    for (let place = 4; place < 46; place++) {
      const counts = new Map<string, number>();
      for (const secret of secrets) {
        const letter = secret.charAt(place);
        counts.set(letter, (counts.get(letter) ?? 0) + 1);
      }
      const expected = secrets.length / 62;
      const chiSquare = [...alphabet]
        .map((letter) => ((counts.get(letter) ?? 0) - expected) ** 2 / expected)
        .reduce((sum, part) => sum + part, 0);
      // 61 degrees of freedom; 140 is far beyond p = 1e-6 over all places.
      expect(chiSquare).toBeLessThan(140);
    }
  });

  it('is well formed after it is made, with any prefix', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[a-z0-9]{2,12}$/), (prefix) =>
        isWellFormedSecret(mintSecret(prefix)),
      ),
    );
  });

  it('fails its checksum after any change of one character', () => {
    fc.assert(
      fc.property(fc.nat(51), fc.constantFrom(...alphabet), (place, letter) => {
        const secret = mintSecret('kd');
        fc.pre(secret.charAt(place) !== letter && secret.charAt(place) !== '_');
        return !isWellFormedSecret(secret.slice(0, place) + letter + secret.slice(place + 1));
      }),
      { numRuns: 2_000 },
    );
  });

  it('fails its checksum after two neighbours are swapped', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 50 }), (place) => {
        const letters = [...mintSecret('kd')];
        const [left = '', right = ''] = letters.slice(place, place + 2);
        fc.pre(left !== right);
        letters.splice(place, 2, right, left);
        return !isWellFormedSecret(letters.join(''));
      }),
    );
  });

  it('is not any other text', () => {
    fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => !isWellFormedSecret(text)));
    expect(isWellFormedSecret(`${mintSecret('kd')}\n`)).toBe(false);
    expect(isWellFormedSecret(` ${mintSecret('kd')}`)).toBe(false);
  });
});

describe('what is stored of a secret', () => {
  it('is its MAC under the pepper and four characters of each end', () => {
    const secret = mintSecret('kd');
    expect(storedSecret(secret, pepper)).toEqual({
      secretMac: secretMac(secret, pepper),
      secretPepper: 3,
      secretPrefix: 'kd',
      secretFirst: secret.slice(3, 7),
      secretLast: secret.slice(-4),
    });
    expect(JSON.stringify(storedSecret(secret, pepper))).not.toContain(secret.slice(8, 40));
  });

  it('depends on the pepper', () => {
    const secret = mintSecret('kd');
    const other = { version: 4, key: Buffer.alloc(32, 8) };
    expect(secretMac(secret, pepper).equals(secretMac(secret, other))).toBe(false);
  });
});

describe('the arithmetic below', () => {
  it('agrees with the published check value of CRC-32', () => {
    expect(crc32('123456789')).toBe(0xcbf43926);
  });

  it('writes numbers in base 62 that read back', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (number) => {
        const text = toBase62(number, 43);
        const back = [...text].reduce(
          (sum, digit) => sum * 62n + BigInt(alphabet.indexOf(digit)),
          0n,
        );
        return text.length === 43 && back === number;
      }),
    );
  });
});
