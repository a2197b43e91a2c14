import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import {
  DamagedEnvelopeError,
  type Envelope,
  MissingKeyError,
  open,
  type Place,
  rewrap,
  seal,
} from '@/lib/keys/secret/envelope';
import { mintSecret } from '@/lib/keys/secret/secret';

const older = { version: 1, key: Buffer.alloc(32, 'older') };
const newer = { version: 2, key: Buffer.alloc(32, 'newer') };
const keks = [newer, older];

const newPlace = (): Place => ({
  keyId: randomUUID(),
  ownerId: randomUUID(),
  secretVersion: 3,
});

function sealed(kek = newer) {
  const place = newPlace();
  const secret = mintSecret('kd');
  return { place, secret, envelope: seal(secret, place, kek) };
}

const flipped = (bytes: Buffer, at: number, mask: number) => {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ mask;
  return copy;
};

describe('an envelope', () => {
  it('opens for its place, with any prefix and version', () => {
    const place = fc.record({
      keyId: fc.uuid(),
      ownerId: fc.uuid(),
      secretVersion: fc.integer({ min: 1, max: 1_000_000 }),
    });
    fc.assert(
      fc.property(place, fc.stringMatching(/^[a-z0-9]{2,12}$/), (where, prefix) => {
        const secret = mintSecret(prefix);
        return open(seal(secret, where, older), where, keks) === secret;
      }),
      { numRuns: 500 },
    );
  });

  it('contains no part of the secret, and never has the same bytes twice', () => {
    const { place, secret, envelope } = sealed();
    const again = seal(secret, place, newer);
    for (const part of ['wrappedKey', 'ciphertext'] as const) {
      expect(envelope[part].equals(again[part])).toBe(false);
      expect(envelope[part].toString('latin1')).not.toContain(secret.slice(3, 9));
    }
  });

  it('does not open after any bit of any byte was flipped', () => {
    const { place, envelope } = sealed();
    let attempts = 0;
    for (const part of ['wrappedKey', 'ciphertext'] as const) {
      for (let at = 0; at < envelope[part].length; at++) {
        for (let bit = 0; bit < 8; bit++) {
          const bad = { ...envelope, [part]: flipped(envelope[part], at, 1 << bit) };
          expect(() => open(bad, place, keks)).toThrow(DamagedEnvelopeError);
          attempts += 1;
        }
      }
    }
    expect(attempts).toBe((60 + envelope.ciphertext.length) * 8);
  });

  it('does not open when it was cut or prolonged', () => {
    const { place, envelope } = sealed();
    for (const part of ['wrappedKey', 'ciphertext'] as const) {
      for (let length = 0; length < envelope[part].length; length++) {
        const bad = { ...envelope, [part]: envelope[part].subarray(0, length) };
        expect(() => open(bad, place, keks)).toThrow(DamagedEnvelopeError);
      }
      const longer = { ...envelope, [part]: Buffer.concat([envelope[part], Buffer.alloc(1)]) };
      expect(() => open(longer, place, keks)).toThrow(DamagedEnvelopeError);
    }
  });

  it('does not open in another row, or for another owner or version, in whole or in part', () => {
    const refuses = (envelope: Envelope, place: Place) =>
      expect(() => open(envelope, place, keks)).toThrow(DamagedEnvelopeError);
    for (let round = 0; round < 200; round++) {
      const [one, other] = [sealed(), sealed()];
      refuses(one.envelope, other.place);
      refuses({ ...one.envelope, ciphertext: other.envelope.ciphertext }, one.place);
      refuses({ ...one.envelope, wrappedKey: other.envelope.wrappedKey }, one.place);
      refuses(one.envelope, { ...one.place, ownerId: other.place.ownerId });
      refuses(one.envelope, { ...one.place, keyId: other.place.keyId });
      refuses(one.envelope, { ...one.place, secretVersion: 2 });
      expect(open(one.envelope, one.place, keks)).toBe(one.secret);
    }
  });

  it('names a missing key-encryption key, and rejects a relabelled one', () => {
    const { place, envelope } = sealed(older);
    expect(() => open(envelope, place, [newer])).toThrow(MissingKeyError);
    const same = { version: 2, key: older.key };
    expect(() => open({ ...envelope, kekVersion: 2 }, place, [same])).toThrow(DamagedEnvelopeError);
  });
});

describe('rewrapping', () => {
  it('moves the wrap and leaves the ciphertext', () => {
    const { place, secret, envelope } = sealed(older);
    const moved = rewrap(envelope, place, keks, newer);
    expect(moved.kekVersion).toBe(2);
    expect(moved.ciphertext).toBe(envelope.ciphertext);
    expect(open(moved, place, [newer])).toBe(secret);
    expect(() => open({ ...moved, kekVersion: 1 }, place, keks)).toThrow(DamagedEnvelopeError);
  });

  it('refuses an envelope of another place', () => {
    const { envelope } = sealed(older);
    expect(() => rewrap(envelope, newPlace(), keks, newer)).toThrow(DamagedEnvelopeError);
  });
});

describe('the control', () => {
  it('without the binding to the place, a swapped ciphertext opens', async () => {
    const { createCipheriv, createDecipheriv } = await import('node:crypto');
    const nonce = Buffer.alloc(12);
    const cipher = createCipheriv('aes-256-gcm', newer.key, nonce);
    const ciphertext = Buffer.concat([cipher.update('secret of another'), cipher.final()]);
    const decipher = createDecipheriv('aes-256-gcm', newer.key, nonce);
    decipher.setAuthTag(cipher.getAuthTag());
    expect(Buffer.concat([decipher.update(ciphertext), decipher.final()]).toString()).toBe(
      'secret of another',
    );
  });
});
