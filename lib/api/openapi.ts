import 'server-only';
import { z } from 'zod';
import { settings } from '@/lib/settings/settings';
import { version } from '@/lib/settings/version';
import type { Endpoint } from './endpoint';
import { base, endpoints } from './endpoints';
import { githubPaths } from './github-description';
import { type ProblemKind, problemKinds } from './problem-kinds';
import { SchemaCollection } from './schemas';
import { verificationPaths } from './verification-description';

type Json = Record<string, unknown>;

/** What every endpoint may answer with. */
const always: ProblemKind[] = [
  'malformed',
  'unauthorized',
  'missing-scope',
  'rate-limited',
  'unavailable',
];
const withBody: ProblemKind[] = ['too-large', 'media-type', 'invalid'];

export const problemDocument = z
  .looseObject({
    type: z.string().describe('Leads to a page about this kind of problem.'),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    requestId: z.string().optional().describe('Stands in the log as well.'),
    requiredScope: z.string().optional(),
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

/** The description of the verification and management API, OpenAPI 3.1, made from the schemas in use. */
export function openApi(): Json {
  const schemas = new SchemaCollection();
  schemas.add(problemDocument, 'output');
  const paths: Record<string, Json> = { ...verificationPaths(schemas), ...githubPaths(schemas) };
  for (const endpoint of endpoints) {
    const path = `${base}${endpoint.path}`;
    paths[path] = { ...paths[path], [endpoint.method.toLowerCase()]: operation(endpoint, schemas) };
  }
  return {
    openapi: '3.1.1',
    info: {
      title: 'Keydesk',
      version,
      description: 'Verifies and manages API keys.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: settings().AUTH_URL }],
    security: [{ serviceKey: [] }],
    tags: [
      { name: 'Verification' },
      { name: 'Keys' },
      { name: 'Users' },
      { name: 'Audit' },
      { name: 'Leaks' },
    ],
    paths,
    components: {
      schemas: schemas.components,
      securitySchemes: {
        serviceKey: { type: 'http', scheme: 'bearer', description: 'A service key.' },
      },
    },
  };
}

const tags: Record<string, string> = {
  keys: 'Keys',
  users: 'Users',
  audit: 'Audit',
  leaks: 'Leaks',
};

function operation(endpoint: Endpoint, schemas: SchemaCollection): Json {
  const { operation: operationId, summary, scope, body, mediaType, path } = endpoint;
  const problems = [...always, ...(body ? withBody : []), ...endpoint.problems];
  return {
    operationId,
    summary,
    description: `Needs the scope \`${scope}\`.`,
    tags: [tags[path.split('/')[1] ?? ''] ?? 'Keys'],
    parameters: parameters(endpoint, schemas),
    ...(body && {
      requestBody: {
        required: !endpoint.bodyOptional,
        content: {
          [mediaType ?? 'application/json']: {
            schema: schemas.add(endpoint.described ?? body, 'input'),
          },
        },
      },
    }),
    responses: { ...success(endpoint, schemas), ...problemResponses(problems) },
  };
}

function parameters({ path, query, headers = {} }: Endpoint, schemas: SchemaCollection): Json[] {
  const asked = query ? schemas.add(query, 'input') : {};
  const { properties = {}, required = [] } = asked as { properties?: Json; required?: string[] };
  return [
    ...(path.includes('{id}')
      ? [{ name: 'id', in: 'path', required: true, schema: { type: 'string', format: 'uuid' } }]
      : []),
    ...Object.entries(properties).map(([name, schema]) => {
      const { description, ...rest } = schema as Json;
      const shown = { name, in: 'query', required: required.includes(name), schema: rest };
      return description ? { ...shown, description } : shown;
    }),
    ...Object.entries(headers).map(([name, description]) => ({
      name: name.replace('!', ''),
      in: 'header',
      required: name.endsWith('!'),
      description,
      schema: { type: 'string' },
    })),
  ];
}

function success({ success: answer, method, headers = {} }: Endpoint, schemas: SchemaCollection) {
  const { status, description, schema, mediaType = 'application/json' } = answer;
  const given = Object.entries(answer.headers ?? {}).map(([name, meaning]) => [
    name,
    { description: meaning, schema: { type: 'string' } },
  ]);
  const isConditional = method === 'GET' && 'If-None-Match' in headers;
  return {
    [status]: {
      description,
      ...(given.length > 0 && { headers: Object.fromEntries(given) }),
      ...(schema && { content: { [mediaType]: { schema: schemas.add(schema, 'output') } } }),
    },
    ...(isConditional && { 304: { description: 'As you know it.' } }),
  };
}

/** One response for each status, which several kinds of problems may share. */
export function problemResponses(kinds: readonly ProblemKind[]): Json {
  const all = [...new Set(kinds)];
  const statuses = new Set(all.map((kind) => problemKinds[kind][0]));
  const titles = (status: number) =>
    all
      .map((kind) => problemKinds[kind])
      .filter(([of]) => of === status)
      .map(([, title]) => title);
  return Object.fromEntries(
    [...statuses].map((status) => [
      status,
      {
        description: `${titles(status).join('. ')}.`,
        content: {
          'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
        },
      },
    ]),
  );
}
