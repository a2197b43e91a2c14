import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';

const nonceLength = 12;
const tagLength = 16;

/**
 * AES-256-GCM. The result is a random nonce, the encrypted text and the tag, in that order. It opens only
 * with the same context, which is not stored with it.
 * One key encrypts fewer than 2^32 texts (NIST SP 800-38D, 8.3).
 */
export function encrypt(plain: Buffer, key: Buffer, context: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
  cipher.setAAD(Buffer.from(context));
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @returns the text, or null if it was not encrypted under this key and with this context */
export function decrypt(sealed: Buffer, key: Buffer, context: string): Buffer | null {
  try {
    const nonce = sealed.subarray(0, nonceLength);
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagLength });
    decipher.setAAD(Buffer.from(context));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    const text = sealed.subarray(nonceLength, -tagLength);
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    return null;
  }
}
