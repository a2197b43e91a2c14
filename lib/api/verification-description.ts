import 'server-only';
import { z } from 'zod';
import { codes } from '@/lib/verify/verdict';
import { momentText } from './moment';
import type { SchemaCollection } from './schemas';

type Json = Record<string, unknown>;

const verifyBody = z
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

const introspectBody = z.object({
  token: z.string(),
  ip: z.string().optional().describe('The address of the caller.'),
});

const revokeBody = z.object({
  token: z.string(),
  token_type_hint: z.string().optional().describe('Makes no difference.'),
});

const problem = (description: string): Json => ({
  description,
  content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
});

const refusals = {
  400: problem('The request is malformed.'),
  401: problem('No service key with the scope keydesk:verify.'),
  413: problem('The body has more than 8 KB.'),
  429: problem('The caller guesses keys.'),
  503: problem('The database cannot be asked now, so the key counts as unknown.'),
};

const gateHeaders = {
  'X-Auth-User': 'The username, percent-encoded.',
  'X-Auth-Key-Id': 'The id of the key.',
  'X-Auth-Scopes': 'The scopes of the key.',
};

/** The paths of the verification API, which are served on both ports. */
export function verificationPaths(schemas: SchemaCollection): Record<string, Json> {
  const answer = (description: string, schema: z.ZodType) => ({
    description,
    content: { 'application/json': { schema: schemas.add(schema, 'output') } },
  });
  const form = (schema: z.ZodType) => ({
    required: true,
    content: { 'application/x-www-form-urlencoded': { schema: schemas.add(schema, 'input') } },
  });
  const headers = Object.entries(gateHeaders).map(([name, description]) => [
    name,
    { description, schema: { type: 'string' } },
  ]);
  return {
    '/api/v1/verify': {
      post: {
        operationId: 'verifyKey',
        summary: 'Ask whether a key is good',
        description: 'Needs the scope `keydesk:verify`.',
        tags: ['Verification'],
        requestBody: {
          required: true,
          content: { 'application/json': { schema: schemas.add(verifyBody, 'input') } },
        },
        responses: { 200: answer('The verdict.', verdictDocument), ...refusals },
      },
    },
    '/api/v1/introspect': {
      post: {
        operationId: 'introspectKey',
        summary: 'Ask whether a key is good, by RFC 7662',
        description: 'Needs the scope `keydesk:verify`.',
        tags: ['Verification'],
        requestBody: form(introspectBody),
        responses: { 200: answer('What the key is good for.', introspectionDocument), ...refusals },
      },
    },
    '/api/v1/revoke': {
      post: {
        operationId: 'revokeKey',
        summary: 'End a key by its secret, by RFC 7009',
        description: 'Needs the scope `keydesk:verify`.',
        tags: ['Verification'],
        requestBody: form(revokeBody),
        responses: { 200: { description: 'The secret does not work any more.' }, ...refusals },
      },
    },
    '/api/v1/gate': {
      get: {
        operationId: 'gate',
        summary: 'Let a gateway ask whether a request may pass',
        description:
          'Needs a service key in `X-Keydesk-Service`. Takes any method, because some gateways send that of the original request.',
        tags: ['Verification'],
        security: [],
        parameters: [
          {
            name: 'scope',
            in: 'query',
            description: 'What the key must be allowed to do. May be repeated.',
            schema: { type: 'array', items: { type: 'string' } },
          },
          {
            name: 'X-Keydesk-Service',
            in: 'header',
            required: true,
            description: 'The service key of the gateway.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          200: { description: 'The request may pass.', headers: Object.fromEntries(headers) },
          401: problem('The key is not good.'),
          403: problem('The key may not do that now.'),
          503: refusals[503],
        },
      },
    },
  };
}
