import 'server-only';
import { hkdfSync } from 'node:crypto';
import { decrypt, encrypt } from '@/lib/crypto/aes-gcm';
import { derivedKey } from '@/lib/crypto/derived-key';
import type { Answer } from '@/lib/http/problem';

/** The idempotency key and whose it is. */
type Names = { key: string; callerId: string };

/**
 * Whoever reads the database has neither the idempotency key nor AUTH_SECRET, and needs both to open an
 * answer. The second protects idempotency keys that could be guessed.
 */
function sealingKey({ key, callerId }: Names): Buffer {
  const info = `keydesk 1 answer to ${callerId}`;
  return Buffer.from(hkdfSync('sha256', key, derivedKey('idempotency'), info, 32));
}

export const sealAnswer = (answer: Answer, names: Names) =>
  encrypt(Buffer.from(JSON.stringify(answer)), sealingKey(names), names.callerId);

export function openAnswer(sealed: Buffer, names: Names): Answer | null {
  const bytes = decrypt(sealed, sealingKey(names), names.callerId);
  return bytes && (JSON.parse(bytes.toString()) as Answer);
}
