import 'server-only';
import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { derivedKey } from './derived-key';

const nonceLength = 12;
const tagLength = 16;

/** Bound to its owner, so that bytes copied into another row open nothing there. */
const boundTo = (purpose: string, ownerId: string) =>
  Buffer.from(`keydesk 1 ${purpose} of ${ownerId}`);

/** Encrypts bytes for the database, with AES-256-GCM under a key derived from AUTH_SECRET. */
export function sealBytes(purpose: string, bytes: Buffer, ownerId: string): Buffer {
  const nonce = randomBytes(nonceLength);
  const cipher = createCipheriv('aes-256-gcm', derivedKey(purpose), nonce);
  cipher.setAAD(boundTo(purpose, ownerId));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** The bytes, or null where they were not sealed for this purpose and owner under this AUTH_SECRET. */
export function openBytes(purpose: string, sealed: Buffer, ownerId: string): Buffer | null {
  const nonce = sealed.subarray(0, nonceLength);
  const text = sealed.subarray(nonceLength, -tagLength);
  try {
    const decipher = createDecipheriv('aes-256-gcm', derivedKey(purpose), nonce, {
      authTagLength: tagLength,
    });
    decipher.setAAD(boundTo(purpose, ownerId));
    decipher.setAuthTag(sealed.subarray(-tagLength));
    return Buffer.concat([decipher.update(text), decipher.final()]);
  } catch {
    return null;
  }
}
