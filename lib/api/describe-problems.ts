import { type ProblemKind, problemKinds } from './problem-kinds';

type Json = Record<string, unknown>;

/** Response headers that several answers share, by their name among the components. */
export const headerComponents: Record<string, Json> = {
  RequestId: text('Identifies the request in the log.'),
  RateLimit: text('Calls that are left (`r`), and seconds until there are more (`t`).'),
  RateLimitPolicy: text('The limit of the service key: calls (`q`) in so many seconds (`w`).'),
  RetryAfter: { ...text('Seconds to wait.'), schema: { type: 'integer' } },
  Challenge: text('How to authenticate, by RFC 6750; for a missing scope, which one it is.'),
  ETag: text('For `If-Match`: how the record is now.'),
};

function text(description: string): Json {
  return { description, schema: { type: 'string' } };
}

const shared = (name: string) => ({ $ref: `#/components/headers/${name}` });

const id = { 'X-Request-Id': shared('RequestId') };

/** What every answer to a service key that works has. */
export const rateHeaderRefs = {
  RateLimit: shared('RateLimit'),
  'RateLimit-Policy': shared('RateLimitPolicy'),
  ...id,
};

/** The headers of a problem, by its status. */
const problemHeaders: Record<number, Json> = {
  401: { 'WWW-Authenticate': shared('Challenge') },
  403: { 'WWW-Authenticate': shared('Challenge') },
  412: { ETag: shared('ETag') },
  429: { 'Retry-After': shared('RetryAfter') },
  503: { 'Retry-After': shared('RetryAfter') },
};

const problemContent = {
  'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } },
};

/** A response with a problem document. */
export function problemResponse(description: string, headers: Json = {}): Json {
  return {
    description,
    ...(Object.keys(headers).length > 0 && { headers }),
    content: problemContent,
  };
}

/**
 * One response for each status, which several kinds of problems may share. Operations share responses, which
 * stand once among the components.
 */
export function problemResponses(kinds: readonly ProblemKind[], components: Json): Json {
  const statuses = new Set(kinds.map((kind) => problemKinds[kind][0]));
  const refs = [...statuses].map((status) => {
    const same = [...new Set(kinds)].filter((kind) => problemKinds[kind][0] === status).sort();
    const name = same.map(camelCase).join('Or');
    components[name] ??= responseOf(status, same);
    return [status, { $ref: `#/components/responses/${name}` }];
  });
  components.OtherProblem ??= problemResponse(
    'Another problem, such as an error of the server.',
    id,
  );
  return { ...Object.fromEntries(refs), default: { $ref: '#/components/responses/OtherProblem' } };
}

function responseOf(status: number, kinds: ProblemKind[]): Json {
  const titles = kinds.map((kind) => problemKinds[kind][1]);
  const headers = { ...(status === 401 ? id : rateHeaderRefs), ...problemHeaders[status] };
  return problemResponse(`${titles.join('. ')}.`, headers);
}

const camelCase = (kind: string) =>
  kind.replaceAll(/(?:^|-)([a-z])/g, (_, letter: string) => letter.toUpperCase());
