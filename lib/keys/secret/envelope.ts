import 'server-only';
import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from '@/lib/crypto/aes-gcm';
import type { KeyVersion } from '@/lib/settings/key-versions';

/** Which secret it is. Bound to both layers: put into another row, neither opens. */
export type Place = { keyId: string; ownerId: string; secretVersion: number };

export type Envelope = { kekVersion: number; wrappedKey: Buffer; ciphertext: Buffer };

/** The version of the key-encryption key that wrapped this is not among those given. */
export class MissingKeyError extends Error {}
/** Not what was sealed, or not for this place. */
export class DamagedEnvelopeError extends Error {}

/** Seals a secret under a fresh data key, and wraps that under the key-encryption key. */
export function seal(secret: string, place: Place, kek: KeyVersion): Envelope {
  const dataKey = randomBytes(32);
  return {
    kekVersion: kek.version,
    wrappedKey: encrypt(dataKey, kek.key, wrapContext(place, kek.version)),
    ciphertext: encrypt(Buffer.from(secret), dataKey, dataContext(place)),
  };
}

/**
 * The secret that was sealed for this place.
 *
 * @throws MissingKeyError, DamagedEnvelopeError
 */
export function open(envelope: Envelope, place: Place, keks: readonly KeyVersion[]): string {
  const dataKey = unwrap(envelope, place, keks);
  return opened(envelope.ciphertext, dataKey, dataContext(place)).toString();
}

/**
 * Wraps the data key under another version of the key-encryption key; the ciphertext stays.
 *
 * @throws MissingKeyError, DamagedEnvelopeError
 */
export function rewrap(
  envelope: Envelope,
  place: Place,
  keks: readonly KeyVersion[],
  newest: KeyVersion,
): Envelope {
  const dataKey = unwrap(envelope, place, keks);
  return {
    kekVersion: newest.version,
    wrappedKey: encrypt(dataKey, newest.key, wrapContext(place, newest.version)),
    ciphertext: envelope.ciphertext,
  };
}

function unwrap({ kekVersion, wrappedKey }: Envelope, place: Place, keks: readonly KeyVersion[]) {
  const kek = keks.find(({ version }) => version === kekVersion);
  if (!kek) throw new MissingKeyError(`KEY_ENCRYPTION_KEY lacks version ${kekVersion}.`);
  return opened(wrappedKey, kek.key, wrapContext(place, kekVersion));
}

/** Product, schema version and purpose, so that nothing sealed here means anything elsewhere. */
const dataContext = ({ keyId, ownerId, secretVersion }: Place) =>
  `keydesk/sealed-secret/1/data/${keyId}/${ownerId}/${secretVersion}`;

const wrapContext = ({ keyId, ownerId, secretVersion }: Place, kekVersion: number) =>
  `keydesk/sealed-secret/1/wrap/${keyId}/${ownerId}/${secretVersion}/${kekVersion}`;

function opened(sealed: Buffer, key: Buffer, context: string): Buffer {
  const plain = decrypt(sealed, key, context);
  if (!plain) {
    throw new DamagedEnvelopeError('This envelope does not open: it is damaged or misplaced.');
  }
  return plain;
}
