import 'server-only';
import { randomBytes } from 'node:crypto';
import { decrypt, encrypt } from '@/lib/crypto/aes-gcm';
import type { KeyVersion } from '@/lib/settings/key-versions';

/** Identifies the secret. Both layers are bound to it, so neither opens in another row. */
export type Place = { keyId: string; ownerId: string; secretVersion: number };

export type Envelope = { kekVersion: number; wrappedKey: Buffer; ciphertext: Buffer };

/** The given key-encryption keys lack the version that wrapped this. */
export class MissingKeyError extends Error {}
/** The envelope was changed, or belongs to another place. */
export class DamagedEnvelopeError extends Error {}

/** Seals a secret under a new data key, and wraps that under the key-encryption key. */
export function seal(secret: string, place: Place, kek: KeyVersion): Envelope {
  const dataKey = randomBytes(32);
  return {
    kekVersion: kek.version,
    wrappedKey: encrypt(dataKey, kek.key, wrapContext(place, kek.version)),
    ciphertext: encrypt(Buffer.from(secret), dataKey, dataContext(place)),
  };
}

/**
 * Opens the secret that was sealed for this place.
 *
 * @throws MissingKeyError, DamagedEnvelopeError
 */
export function open(envelope: Envelope, place: Place, keks: readonly KeyVersion[]): string {
  const dataKey = unwrap(envelope, place, keks);
  return opened(envelope.ciphertext, dataKey, dataContext(place)).toString();
}

/**
 * Wraps the data key under another version of the key-encryption key. The ciphertext stays the same.
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

/** Includes product, schema version and purpose, so that the envelope opens in no other context. */
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
