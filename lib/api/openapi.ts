import 'server-only';
import { z } from 'zod';
import { settings } from '@/lib/settings/settings';
import { version } from '@/lib/settings/version';
import { aboutPaths } from './about-description';
import { describeOperation } from './describe-operation';
import { headerComponents } from './describe-problems';
import { base, endpoints } from './endpoints';
import { githubPaths } from './github-description';
import { SchemaCollection } from './schemas';
import { verificationPaths } from './verification-description';

type Json = Record<string, unknown>;

export const problemDocument = z
  .looseObject({
    type: z
      .string()
      .describe('Leads to a page about this kind of problem. Verification has `about:blank`.'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string().optional().describe('Stands in the log as well.'),
    requiredScope: z.string().optional().describe('The scope that the service key lacks.'),
    keyId: z.string().optional().describe('The key that the request made or changed before.'),
    lookalike: z.string().optional().describe('The username that the new one looks like.'),
    keys: z.int().optional().describe('How many keys the user has.'),
    errors: z
      .array(
        z.object({
          pointer: z.string().describe('A JSON pointer into the body, or `/` and a parameter.'),
          detail: z.string(),
          in: z.literal('query').optional(),
        }),
      )
      .optional(),
  })
  .meta({ id: 'Problem' });

const tags = [
  { name: 'Verification', description: 'Ask whether a key that a caller presents is good.' },
  { name: 'Keys', description: 'Make, read, change and end keys.' },
  { name: 'Users', description: 'The owners of keys.' },
  { name: 'Audit', description: 'Who did what.' },
  { name: 'Leaks', description: 'End keys whose secrets others may have read.' },
  { name: 'About', description: 'About the API itself.' },
];

const securitySchemes = {
  serviceKey: { type: 'http', scheme: 'bearer', description: 'A service key.' },
  servicePassword: {
    type: 'http',
    scheme: 'basic',
    description: 'A service key as the password, with any username.',
  },
  gatewayKey: {
    ...{ type: 'apiKey', in: 'header', name: 'X-Keydesk-Service' },
    description: 'The service key of the gateway.',
  },
};

/** The description of the verification and management API, OpenAPI 3.1, made from the schemas in use. */
export function openApi(address: string = settings().AUTH_URL): Json {
  const schemas = new SchemaCollection();
  schemas.add(problemDocument, 'output');
  const paths: Record<string, Json> = { ...verificationPaths(schemas), ...githubPaths(schemas) };
  for (const endpoint of endpoints) {
    const path = `${base}${endpoint.path}`;
    const operation = describeOperation(endpoint, schemas);
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Keydesk',
      version,
      description: 'Verifies and manages API keys.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: address }],
    security: [{ serviceKey: [] }],
    tags,
    paths: { ...paths, ...aboutPaths() },
    components: {
      schemas: schemas.components,
      responses: schemas.responses,
      headers: headerComponents,
      securitySchemes,
    },
  };
}
