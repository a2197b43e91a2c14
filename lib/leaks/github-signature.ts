import 'server-only';
import { createPublicKey, verify } from 'node:crypto';
import type { SigningKey } from '@/lib/settings/github-settings';

/** A signature of P-256 in DER and base64 is never longer. */
const longestSignature = 100;

/** Whether one of GitHub's keys signed exactly these bytes: ECDSA over P-256 with SHA-256. */
export function isSignedByGithub(
  keys: readonly SigningKey[],
  { id, signature, body }: { id: string; signature: string; body: Buffer },
): boolean {
  const key = keys.find((one) => one.id === id);
  if (!key || signature.length > longestSignature) return false;
  return verify('sha256', body, createPublicKey(key.pem), Buffer.from(signature, 'base64'));
}
