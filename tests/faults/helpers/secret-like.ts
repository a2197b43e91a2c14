import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { toBase62 } from '../../../lib/keys/secret/base62';

/** A secret as Keydesk makes it. `lib/keys/secret/secret.ts` itself can only be loaded on a server. */
export function mintSecretLike(): string {
  const body = `kd_${toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43)}`;
  return body + toBase62(BigInt(crc32(body)), 6);
}
