import 'server-only';
import { problemResponses, rateHeaderRefs } from './describe-problems';
import type { Endpoint } from './endpoint';
import type { ProblemKind } from './problem-kinds';
import type { SchemaCollection } from './schemas';

type Json = Record<string, unknown>;

const json = 'application/json';

/** What every endpoint may answer with. */
const always: ProblemKind[] = [
  'malformed',
  'unauthorized',
  'missing-scope',
  'invalid',
  'rate-limited',
  'unavailable',
];
const withBody: ProblemKind[] = ['too-large', 'media-type'];

const tags: Record<string, string> = {
  keys: 'Keys',
  users: 'Users',
  audit: 'Audit',
  leaks: 'Leaks',
};

/** The OpenAPI operation of an endpoint. */
export function describeOperation(endpoint: Endpoint, schemas: SchemaCollection): Json {
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
          [mediaType ?? json]: {
            schema: schemas.add(endpoint.described ?? body, 'input'),
          },
        },
      },
    }),
    responses: { ...success(endpoint, schemas), ...problemResponses(problems, schemas.responses) },
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
  const { status, description, schema, mediaType = json } = answer;
  const own = Object.entries(answer.headers ?? {}).map(([name, meaning]) => [
    name,
    { description: meaning, schema: { type: 'string' } },
  ]);
  const given = { ...Object.fromEntries(own), ...rateHeaderRefs };
  const isConditional = method === 'GET' && 'If-None-Match' in headers;
  return {
    [status]: {
      description,
      headers: given,
      ...(schema && { content: { [mediaType]: { schema: contentOf(schemas, answer) } } }),
    },
    ...(isConditional && { 304: { description: 'As you know it.', headers: given } }),
  };
}

/** Lines of JSON are one text, each of whose lines is as the schema says. */
function contentOf(schemas: SchemaCollection, { schema, mediaType = json }: Endpoint['success']) {
  const made = schema ? schemas.add(schema, 'output') : {};
  if (mediaType !== 'application/x-ndjson') return made;
  return { type: 'string', contentMediaType: mediaType, contentSchema: made };
}
