import 'server-only';
import { createHash, createHmac } from 'node:crypto';
import type { KeyVersion } from '@/lib/settings/key-versions';
import { isWellFormedSecret, type StoredSecret, secretMac } from './secret';

/**
 * What may be a secret that another program made: printable ASCII, as headers carry it, without
 * blanks. Shorter ones could be guessed, longer ones are no keys.
 */
const foreignForm = /^[\x21-\x7e]{16,200}$/;
export const shortestForeign = 16;
export const longestForeign = 200;

/** From this length on, the eight characters that are shown leave enough hidden. */
const showableLength = 24;

export type SecretKind = 'own' | 'foreign';

/**
 * Whose format a text has: ours, with a checksum that is right, or any other. Null where it can be no
 * secret at all, and so for what begins like ours and is mistyped.
 */
export function secretKind(text: string, ownPrefix: string): SecretKind | null {
  if (isWellFormedSecret(text)) return 'own';
  if (text.startsWith(`${ownPrefix}_`)) return null;
  return foreignForm.test(text) ? 'foreign' : null;
}

/**
 * The MAC of a secret of foreign format, by its SHA-256 in lower-case hexadecimal: keys that come in the
 * clear and keys that come hashed are found by the same caller's text.
 */
export function importedMac(sha256: string, pepper: KeyVersion): Buffer {
  const text = `keydesk/1/imported/${sha256}`;
  return createHmac('sha256', pepper.key).update(text).digest();
}

/** The MAC under each pepper, in their order. */
export function macsUnder(
  secret: string,
  kind: SecretKind,
  peppers: readonly KeyVersion[],
): Buffer[] {
  if (kind === 'own') return peppers.map((pepper) => secretMac(secret, pepper));
  const sha256 = createHash('sha256').update(secret).digest('hex');
  return peppers.map((pepper) => importedMac(sha256, pepper));
}

type Hint = Pick<StoredSecret, 'secretPrefix' | 'secretFirst' | 'secretLast'>;

export const noHint: Hint = { secretPrefix: '', secretFirst: '', secretLast: '' };

/** What is shown of a secret of foreign format: without our prefix, and nothing of a short one. */
export function foreignHint(secret: string): Hint {
  if (secret.length < showableLength) return noHint;
  return { secretPrefix: '', secretFirst: secret.slice(0, 4), secretLast: secret.slice(-4) };
}
