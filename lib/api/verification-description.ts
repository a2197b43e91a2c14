import 'server-only';
import type { z } from 'zod';
import { problemResponse } from './describe-problems';
import type { SchemaCollection } from './schemas';
import {
  introspectBody,
  introspectionDocument,
  revokeBody,
  verdictDocument,
  verifyBody,
} from './verification-documents';

type Json = Record<string, unknown>;

const retryAfter = { 'Retry-After': { $ref: '#/components/headers/RetryAfter' } };
const refusals = {
  400: problemResponse('The request is malformed.'),
  401: problemResponse('No service key with the scope keydesk:verify.', {
    'WWW-Authenticate': { $ref: '#/components/headers/Challenge' },
  }),
  413: problemResponse('The body has more than 8 KB.'),
  429: problemResponse('The caller guesses keys.', retryAfter),
  503: problemResponse(
    'The database cannot be asked now, so the key counts as unknown.',
    retryAfter,
  ),
};

/** OAuth clients may authenticate with Basic, or with `client_secret` in the form. */
const oauth = { security: [{ serviceKey: [] }, { servicePassword: [] }] };
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
        ...oauth,
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
        ...oauth,
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
        security: [{ gatewayKey: [] }],
        parameters: [
          {
            name: 'scope',
            in: 'query',
            description: 'What the key must be allowed to do. May be repeated.',
            schema: { type: 'array', items: { type: 'string' } },
          },
          {
            ...{ name: 'X-API-Key', in: 'header', required: false },
            description: 'The key of the original request, unless `Authorization: Bearer` has it.',
            schema: { type: 'string' },
          },
        ],
        responses: {
          200: { description: 'The request may pass.', headers: Object.fromEntries(headers) },
          401: problemResponse('The key is not good.'),
          403: problemResponse('The key may not do that now.'),
          503: refusals[503],
        },
      },
    },
  };
}
