import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { KeyVersion } from '../env';

/** Which secret it is. Bound to both layers: put into another row, neither opens. */
export type Place = { keyId: string; ownerId: string; secretVersion: number };

export type Envelope = { kekVersion: number; wrappedKey: Buffer; ciphertext: Buffer };

/** The version of the key-encryption key that wrapped this is not among those given. */
export class MissingKeyError extends Error {}
/** Not what was sealed, or not for this place. */
export class DamagedEnvelopeError extends Error {}

const nonceLength = 12;
const tagLength = 16;

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
  return decrypt(envelope.ciphertext, dataKey, dataContext(place)).toString();
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
  return decrypt(wrappedKey, kek.key, wrapContext(place, kekVersion));
}

/** Product, schema version and purpose, so that nothing sealed here means anything elsewhere. */
const dataContext = ({ keyId, ownerId, secretVersion }: Place) =>
  Buffer.from(`keydesk/sealed-secret/1/data/${keyId}/${ownerId}/${secretVersion}`);

const wrapContext = ({ keyId, ownerId, secretVersion }: Place, kekVersion: number) =>
  Buffer.from(`keydesk/sealed-secret/1/wrap/${keyId}/${ownerId}/${secretVersion}/${kekVersion}`);

/** AES-256-GCM under a random nonce; a data key is used once, a key-encryption key far below 2^32 times. */
function encrypt(plain: Buffer, key: Buffer, context: Buffer): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(context);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

function decrypt(sealed: Buffer, key: Buffer, context: Buffer): Buffer {
  try {
    const nonce = sealed.subarray(0, nonceLength);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
    decipher.setAAD(context);
    decipher.setAuthTag(sealed.subarray(-tagLength));
    const body = sealed.subarray(nonceLength, -tagLength);
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch {
    throw new DamagedEnvelopeError('This envelope does not open: it is damaged or misplaced.');
  }
}
