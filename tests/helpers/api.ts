import type { ValidateFunction } from 'ajv';
import Ajv2020 from 'ajv/dist/2020';
import addFormats from 'ajv-formats';
import { answerApi } from '@/lib/api/answer-api';
import { openApi } from '@/lib/api/openapi';
import { serviceScopes } from '@/lib/keys/scope';
import { makeKey } from './keys';
import { ada, insertUser } from './people';

type Json = Record<string, unknown>;
export type Answered = {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests read whatever the API answers.
  body: any;
  text: string;
};

type Sent = { body?: unknown; headers?: Record<string, string>; type?: string; raw?: string };

/** A service key with these scopes; with all of them unless some are named. */
export async function makeService(
  scopes: readonly string[] = serviceScopes,
  owner = `service-${Math.random().toString(36).slice(2, 10)}`,
) {
  await insertUser(owner);
  const { id, secret } = await makeKey(ada, owner, { scopes: [...scopes] });
  return { id, secret, owner, call: callerOf(secret) };
}

/** Calls the API as a client of its own would, and holds every answer against the description. */
export function callerOf(secret: string | null) {
  return async (method: string, path: string, sent: Sent = {}): Promise<Answered> => {
    const isPatch = method === 'PATCH';
    const type = sent.type ?? (isPatch ? 'application/merge-patch+json' : 'application/json');
    const body = sent.raw ?? (sent.body === undefined ? undefined : JSON.stringify(sent.body));
    const request = new Request(`http://localhost:3000/api/v1${path}`, {
      method,
      headers: {
        'x-keydesk-address': '192.0.2.7',
        ...(secret && { authorization: `Bearer ${secret}` }),
        ...(body !== undefined && type && { 'content-type': type }),
        ...sent.headers,
      },
      ...(body !== undefined && { body }),
    });
    const answer = await answered(await answerApi(request));
    validate(method, path, answer);
    return answer;
  };
}

async function answered(response: Response): Promise<Answered> {
  const { status, headers } = response;
  const text = await response.text();
  const type = headers.get('content-type') ?? '';
  const body = type.endsWith('json') && !type.includes('ndjson') ? JSON.parse(text) : null;
  return { status, headers, body, text };
}

const ajv = addFormats(new Ajv2020({ strict: false, allErrors: true }));
let described: { paths: Record<string, Json>; components: Json } | undefined;

/** Throws if the answer is not one that the description has. */
function validate(method: string, path: string, { status, headers, text }: Answered): void {
  described ??= openApi() as never;
  const { paths, components } = described as NonNullable<typeof described>;
  const plain = `/api/v1${path.split('?')[0]}`.replace(
    /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/,
    '{id}',
  );
  const operation = paths[plain]?.[method.toLowerCase()] as { responses: Json } | undefined;
  if (!operation) {
    if (status === 404 || status === 405) return;
    throw new Error(`${method} ${plain} is not described, and answers ${status}.`);
  }
  const response = resolved(operation.responses[status], components);
  if (!response) throw new Error(`${method} ${plain} answers ${status}, which is not described.`);
  const type = (headers.get('content-type') ?? '').split(';')[0] ?? '';
  const content = response.content?.[type] as { schema: Json } | undefined;
  if (!content) {
    if (text === '' && !response.content) return;
    throw new Error(`${method} ${plain} answers ${status} as ${type}, which is not described.`);
  }
  const { contentSchema } = content.schema;
  const check = checkOf((contentSchema as Json) ?? content.schema, components);
  const parts = contentSchema ? text.split('\n').filter(Boolean) : [text];
  for (const part of parts) {
    if (check(JSON.parse(part))) continue;
    throw new Error(`${method} ${plain} ${status}: ${ajv.errorsText(check.errors)}`);
  }
}

const checks = new Map<Json, ValidateFunction>();

/** Compiled once for each schema of the description, because that takes several times as long as a request. */
function checkOf(schema: Json, components: Json): ValidateFunction {
  const check = checks.get(schema) ?? ajv.compile({ ...schema, components });
  checks.set(schema, check);
  return check;
}

/** The response itself, which may be a reference into the components. */
function resolved(response: unknown, { responses }: Json) {
  const name = (response as { $ref?: string } | undefined)?.$ref?.split('/').at(-1);
  const found = name ? (responses as Json)[name] : response;
  return found as { content?: Json } | undefined;
}

let keys = 0;
/** A new idempotency key. */
export const fresh = () => ({ 'idempotency-key': `"request-${process.pid}-${++keys}"` });
