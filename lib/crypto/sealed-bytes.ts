import 'server-only';
import { decrypt, encrypt } from './aes-gcm';
import { derivedKey } from './derived-key';

/** Binds bytes to their owner, so that they cannot be opened when copied into another row. */
const boundTo = (purpose: string, ownerId: string) => `keydesk 1 ${purpose} of ${ownerId}`;

/** Encrypts bytes for the database, under a key derived from AUTH_SECRET. */
export const sealBytes = (purpose: string, bytes: Buffer, ownerId: string): Buffer =>
  encrypt(bytes, derivedKey(purpose), boundTo(purpose, ownerId));

/** @returns the bytes, or null if they were not sealed for this purpose and owner under this AUTH_SECRET */
export const openBytes = (purpose: string, sealed: Buffer, ownerId: string): Buffer | null =>
  decrypt(sealed, derivedKey(purpose), boundTo(purpose, ownerId));
