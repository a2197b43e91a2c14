import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import type { KeyVersion } from '@/lib/settings/key-versions';
import { fromBase62, toBase62 } from './base62';

/** 256 bits need 43 base62 digits, and a CRC-32 needs 6. */
const randomLength = 43;
const checksumLength = 6;
const form = /^[a-z0-9]{2,12}_[0-9A-Za-z]{49}$/;

/** What is stored of a secret: enough to find and recognize it, too little to use it. */
export type StoredSecret = {
  secretMac: Buffer;
  secretPepper: number;
  secretPrefix: string;
  secretFirst: string;
  secretLast: string;
};

/** The parts of a secret that are shown. */
export type Hint = Pick<StoredSecret, 'secretPrefix' | 'secretFirst' | 'secretLast'>;

/** A new secret: prefix, 32 bytes from the system's cryptographic source, checksum. */
export function mintSecret(prefix: string): string {
  const number = BigInt(`0x${randomBytes(32).toString('hex')}`);
  const body = `${prefix}_${toBase62(number, randomLength)}`;
  return body + toBase62(BigInt(crc32(body)), checksumLength);
}

/** Whether the text has the form of a secret and a right checksum. Does not check that it is valid. */
export function isWellFormedSecret(text: string): boolean {
  if (!form.test(text)) return false;
  const bodyLength = text.length - checksumLength;
  return fromBase62(text, bodyLength) === crc32(text.slice(0, bodyLength));
}

/** HMAC-SHA-256 under a pepper. The input names the purpose, so that the MAC is useless elsewhere. */
export function secretMac(secret: string, pepper: KeyVersion): Buffer {
  return createHmac('sha256', pepper.key).update(`keydesk/1/api-key/${secret}`).digest();
}

/** What screens and the audit show of a secret, as `keyHint` does in the database. */
export function hintText({ secretPrefix, secretFirst, secretLast }: Hint): string {
  if (secretFirst === '') return 'imported';
  return `${secretPrefix && `${secretPrefix}_`}${secretFirst}…${secretLast}`;
}

export function storedSecret(secret: string, pepper: KeyVersion): StoredSecret {
  return {
    secretMac: secretMac(secret, pepper),
    secretPepper: pepper.version,
    ...splitSecret(secret),
  };
}

/** The parts of a secret of our format that are shown. */
export function splitSecret(secret: string): Hint {
  const separator = secret.indexOf('_');
  return {
    secretPrefix: secret.slice(0, separator),
    secretFirst: secret.slice(separator + 1, separator + 5),
    secretLast: secret.slice(-4),
  };
}
