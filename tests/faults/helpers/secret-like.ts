import { randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { toBase62 } from '../../../lib/keys/secret/base62';

/** A secret as Keydesk mints them; `lib/keys/secret/secret.ts` itself loads on a server only. */
export function mintSecretLike(): string {
  const body = `kd_${toBase62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43)}`;
  return body + toBase62(BigInt(crc32(body)), 6);
}
