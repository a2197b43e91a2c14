import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { derivedKey } from '../derived-key';

const nonceLength = 12;
const tagLength = 16;

/** Bound to the user, so that a secret copied into another row opens nothing there. */
const boundTo = (userId: string) => Buffer.from(`keydesk 1 second factor of ${userId}`);

/** Encrypts the secret for the database, with AES-256-GCM under a key derived from AUTH_SECRET. */
export function sealSecret(secret: Buffer, userId: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', derivedKey('second factor'), nonce);
  cipher.setAAD(boundTo(userId));
  return Buffer.concat([nonce, cipher.update(secret), cipher.final(), cipher.getAuthTag()]);
}

/** The secret, or null where it was not sealed for this user under this AUTH_SECRET. */
export function openSecret(sealed: Buffer, userId: string): Buffer | null {
  const nonce = sealed.subarray(0, nonceLength);
  const text = sealed.subarray(nonceLength, -tagLength);
  try {
    const decipher = createDecipheriv('aes-256-gcm', derivedKey('second factor'), nonce, {
      authTagLength: tagLength,
    });
    decipher.setAAD(boundTo(userId));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    return null;
  }
}
