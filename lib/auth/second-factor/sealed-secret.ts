import 'server-only';
import { openBytes, sealBytes } from '@/lib/crypto/sealed-bytes';

const purpose = 'second factor';

/** Encrypts the secret for the database, bound to the user. */
export function sealSecret(secret: Buffer, userId: string): Buffer {
  return sealBytes(purpose, secret, userId);
}

/** @returns the secret, or null if it was not sealed for this user under this AUTH_SECRET */
export function openSecret(sealed: Buffer, userId: string): Buffer | null {
  return openBytes(purpose, sealed, userId);
}
