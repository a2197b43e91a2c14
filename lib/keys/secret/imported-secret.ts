import 'server-only';
import { createHash, createHmac } from 'node:crypto';
import type { KeyVersion } from '@/lib/settings/key-versions';
import { type Hint, isWellFormedSecret, secretMac } from './secret';

/**
 * A possible secret of another program: printable ASCII without blanks, which headers can carry. Shorter
 * texts could be guessed, and longer ones are not keys.
 */
const foreignForm = /^[\x21-\x7e]{16,200}$/;
export const shortestForeign = 16;
export const longestForeign = 200;

/** From this length, eight visible characters leave enough hidden. */
const showableLength = 24;

export type SecretKind = 'own' | 'foreign';

/**
 * Whether a text has our format with a right checksum, or another one. Null if it cannot be a secret, which
 * includes a mistyped one with our prefix.
 */
export function secretKind(text: string, ownPrefix: string): SecretKind | null {
  if (isWellFormedSecret(text)) return 'own';
  if (text.startsWith(`${ownPrefix}_`)) return null;
  return foreignForm.test(text) ? 'foreign' : null;
}

/**
 * The MAC of a secret in another format, made from its SHA-256 in lower-case hexadecimal. Keys imported in
 * clear and keys imported as hashes are therefore found by the same secret.
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

export const noHint: Hint = { secretPrefix: '', secretFirst: '', secretLast: '' };

/** The hint of a secret in another format. It has no prefix, and a short secret has no hint. */
export function foreignHint(secret: string): Hint {
  if (secret.length < showableLength) return noHint;
  return { secretPrefix: '', secretFirst: secret.slice(0, 4), secretLast: secret.slice(-4) };
}
