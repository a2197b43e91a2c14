import 'server-only';
import {
  createHash,
  createHmac,
  hkdfSync,
  randomBytes,
  randomInt,
  timingSafeEqual,
} from 'node:crypto';
import { decrypt, encrypt } from '@/lib/crypto/aes-gcm';
import { derivedKey } from '@/lib/crypto/derived-key';
import { fragmentUses, sealContext } from './fragment-uses';

export const mintFragment = (): string => randomBytes(32).toString('base64url');

/** Six digits that the administrator tells the user by another way. */
export const mintCode = (): string => String(randomInt(0, 1_000_000)).padStart(6, '0');

const derive = (fragment: string, use: string): Buffer =>
  Buffer.from(hkdfSync('sha256', Buffer.from(fragment, 'base64url'), '', use, 32));

export const sealSecretFor = (fragment: string, id: string, secret: string): Buffer =>
  encrypt(Buffer.from(secret), derive(fragment, fragmentUses.open), sealContext(id));

/** For browsers without JavaScript. @returns null if the fragment is another one */
export const openSealWith = (fragment: string, id: string, sealed: Buffer): string | null =>
  decrypt(sealed, derive(fragment, fragmentUses.open), sealContext(id))?.toString() ?? null;

export const proofOf = (fragment: string): string =>
  derive(fragment, fragmentUses.prove).toString('base64url');

/** A proof has 256 random bits, so a plain digest of it tells nothing. */
export const proofHash = (proof: string): Buffer =>
  createHash('sha256').update(Buffer.from(proof, 'base64url')).digest();

/** Under AUTH_SECRET, because a million codes are tried in no time by whoever has the database. */
export const codeMac = (id: string, code: string): Buffer =>
  createHmac('sha256', derivedKey('hand-over code')).update(`${id.toLowerCase()} ${code}`).digest();

export const isSame = (one: Buffer, other: Buffer): boolean =>
  one.length === other.length && timingSafeEqual(one, other);
