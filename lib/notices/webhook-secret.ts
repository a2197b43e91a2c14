import 'server-only';
import { createHmac, randomBytes } from 'node:crypto';
import { openBytes, sealBytes } from '@/lib/crypto/sealed-bytes';

const purpose = 'webhook secret';

/** A new signing secret, in the form for receivers and in the form for the database. */
export function mintWebhookSecret(webhookId: string): { secret: string; sealed: Buffer } {
  const bytes = randomBytes(32);
  const secret = `whsec_${bytes.toString('base64')}`;
  return { secret, sealed: sealBytes(purpose, bytes, webhookId) };
}

/** Null if AUTH_SECRET has changed since the secret was sealed. */
export function openWebhookSecret(sealed: Buffer, webhookId: string): Buffer | null {
  return openBytes(purpose, sealed, webhookId);
}

/** The headers of Standard Webhooks 1.0, with one signature for each valid secret. */
export function signedHeaders(
  { id, body, at }: { id: string; body: string; at: Date },
  secrets: Buffer[],
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1_000));
  const signatures = secrets.map((secret) => {
    const mac = createHmac('sha256', secret).update(`${id}.${timestamp}.${body}`);
    return `v1,${mac.digest('base64')}`;
  });
  return {
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': signatures.join(' '),
  };
}
