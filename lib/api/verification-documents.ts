import 'server-only';
import { z } from 'zod';
import { codes } from '@/lib/verify/verdict';
import { momentText } from './moment';

export const verifyBody = z
  .object({
    key: z.string().describe('The key that a caller presented to you.'),
    scopes: z.array(z.string()).optional().describe('What the key must be allowed to do.'),
    ip: z.string().optional().describe('The address of the caller.'),
  })
  .meta({ id: 'Question' });

export const verdictDocument = z
  .object({
    valid: z.boolean(),
    code: z.enum(codes),
    keyId: z.string().optional(),
    name: z.string().optional(),
    user: z.object({ id: z.string(), username: z.string() }).optional(),
    scopes: z.array(z.string()).optional(),
    expiresAt: momentText.nullable().optional(),
    rateLimit: z
      .object({ limit: z.int(), remaining: z.int(), resetAt: momentText })
      .nullable()
      .optional(),
    metadata: z.record(z.string(), z.unknown()).nullable().optional(),
  })
  .meta({ id: 'Verdict' });

export const introspectionDocument = z
  .object({
    active: z.boolean(),
    sub: z.string().optional(),
    username: z.string().optional(),
    scope: z.string().optional(),
    exp: z.int().optional(),
    iat: z.int().optional(),
    jti: z.string().optional(),
    token_type: z.string().optional(),
  })
  .meta({ id: 'Introspection' });

const clientSecret = z
  .string()
  .optional()
  .describe('The service key, in place of the header `Authorization`.');

export const introspectBody = z.object({
  token: z.string(),
  ip: z.string().optional().describe('The address of the caller.'),
  client_secret: clientSecret,
});

export const revokeBody = z.object({
  token: z.string(),
  token_type_hint: z.string().optional().describe('Makes no difference.'),
  client_secret: clientSecret,
});
