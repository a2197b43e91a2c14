import { z } from 'zod';
import type { KeyDetails } from '@/lib/keys/find-key';
import type { BegunHandOver } from '@/lib/keys/hand-over/begin-hand-over';
import { asText, momentText } from './moment';

const rate = z.object({ calls: z.int(), seconds: z.int() });

/** A key as the API shows it. */
export const keyDocument = z
  .object({
    id: z.uuid(),
    user: z.object({ id: z.uuid(), username: z.string() }),
    name: z.string(),
    hint: z.string().describe('The visible characters of the secret.'),
    status: z.enum(['active', 'inactive', 'expired', 'waiting']),
    active: z.boolean().describe('Whether the key is switched on.'),
    scopes: z.array(z.string()),
    createdAt: momentText,
    createdBy: z
      .string()
      .nullable()
      .describe('The username of the administrator, or of the owner of the service key.'),
    lastUsedAt: momentText.nullable(),
    expiresAt: momentText.nullable(),
    allowedAddresses: z.array(z.string()),
    rateLimit: rate.nullable(),
    metadata: z.record(z.string(), z.unknown()).nullable(),
  })
  .meta({ id: 'Key' });
export type KeyDocument = z.output<typeof keyDocument>;

/** A key whose secret was just made. No other answer contains a secret. */
export const issuedKeyDocument = keyDocument
  .extend({
    secret: z.string().nullable().describe('Shown this once; null if a link hands it over.'),
    handOver: z
      .object({
        link: z
          .string()
          .nullable()
          .describe('Opens the secret once. Shown this once; null if it was mailed.'),
        code: z.string().nullable().describe('Six digits, to be told by another way.'),
        until: momentText,
        mailed: z
          .boolean()
          .describe('Whether the mail server took the mail. If not, send the link yourself.'),
      })
      .optional()
      .describe('What brings the secret to its user, if the request asks for it.'),
  })
  .meta({ id: 'IssuedKey' });

export type Issued = { secret: string; handOver?: BegunHandOver };

/** The secret of a key that was just made, or what hands it over: the link, unless it was mailed. */
export function issuedPart({ secret, handOver }: Issued, mailed = false) {
  if (!handOver) return { secret };
  const { link, code, until } = handOver;
  const shown = mailed ? null : link;
  return { secret: null, handOver: { link: shown, code, until: until.toISOString(), mailed } };
}

export function keyDocumentOf(key: KeyDetails): KeyDocument {
  const { id, name, hint, status, active, scopes, allowedAddresses, metadata } = key;
  const { rateLimit: calls, rateWindow: seconds } = key;
  return {
    id,
    user: { id: key.ownerId, username: key.username },
    ...{ name, hint, status, active, scopes },
    createdAt: key.createdAt.toISOString(),
    createdBy: key.createdBy,
    lastUsedAt: asText(key.lastUsedAt),
    expiresAt: asText(key.expiresAt),
    allowedAddresses,
    rateLimit: calls === null || seconds === null ? null : { calls, seconds },
    metadata,
  };
}
