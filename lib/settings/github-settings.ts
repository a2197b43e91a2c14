import { createPublicKey } from 'node:crypto';
import { z } from 'zod';
import { setting } from './setting';

/** A public key with which GitHub signs its reports. */
export type SigningKey = { id: string; pem: string };

const message =
  'must be the JSON from https://api.github.com/meta/public_keys/secret_scanning, with keys for P-256.';

/** What GitHub answers. Keys that are no longer current may sign reports that are under way. */
const answer = z.object({
  public_keys: z
    .array(
      z.object({
        key_identifier: z.string().regex(/^[\x21-\x7e]{1,200}$/),
        key: z.string().refine(isP256),
      }),
    )
    .min(1)
    .refine((keys) => new Set(keys.map((key) => key.key_identifier)).size === keys.length),
});

function parseKeys(text: string, context: z.RefinementCtx): SigningKey[] {
  const parsed = answer.safeParse(parseJson(text));
  if (parsed.success) {
    return parsed.data.public_keys.map((one) => ({ id: one.key_identifier, pem: one.key }));
  }
  context.addIssue({ code: 'custom', message });
  return z.NEVER;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isP256(pem: string): boolean {
  try {
    const { type, asymmetricKeyDetails } = createPublicKey(pem);
    // A private key would be accepted as well. It belongs into no setting of ours.
    return (
      type === 'public' &&
      asymmetricKeyDetails?.namedCurve === 'prime256v1' &&
      pem.includes('BEGIN PUBLIC KEY')
    );
  } catch {
    return false;
  }
}

/** Reports of GitHub secret scanning; see docs/leaks.md. */
export const githubSettings = {
  GITHUB_SCANNING_KEYS: setting(z.string().transform(parseKeys).optional()),
};
