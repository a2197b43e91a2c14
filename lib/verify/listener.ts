import 'server-only';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { isDraining } from '@/lib/http/draining';
import { gatePath } from '@/lib/http/gate-refusal';
import { type Answer, problem, withRequestId } from '@/lib/http/problem';
import { settleServer, settleTarget } from '@/lib/http/server-edges';
import { clientAddress, leaveUnsanitized, peerAddress } from '@/lib/http/trusted-headers';
import { nameRequest, requestIdHeader } from '@/lib/log/request-id';
import { readBody } from './body';
import { answerGate } from './gate-endpoint';
import { answerHealth, answerReady } from './health';
import { answerIntrospect } from './introspect-endpoint';
import { answerMetrics } from './metrics-endpoint';
import { answerMetadata } from './server-metadata';
import type { Verification } from './verification';
import { answerVerify } from './verify-endpoint';
import { answerToFailure, type VerifyRequest } from './verify-request';

type Endpoint = {
  /** Its label in the metrics. */
  name: string;
  /** Null accepts any method. */
  method: 'GET' | 'POST' | null;
  answer(context: Verification, request: VerifyRequest): Answer | Promise<Answer>;
};

const endpoints = new Map<string, Endpoint>([
  ['/api/v1/verify', { name: 'verify', method: 'POST', answer: answerVerify }],
  ['/api/v1/introspect', { name: 'introspect', method: 'POST', answer: answerIntrospect }],
  [gatePath, { name: 'gate', method: null, answer: answerGate }],
  ['/healthz', { name: 'healthz', method: 'GET', answer: answerHealth }],
  ['/readyz', { name: 'readyz', method: 'GET', answer: answerReady }],
  ['/metrics', { name: 'metrics', method: 'GET', answer: answerMetrics }],
  [
    '/.well-known/oauth-authorization-server',
    { name: 'metadata', method: 'GET', answer: answerMetadata },
  ],
]);

const limits = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  connectionsCheckingInterval: 1_000,
  // Longer than the 60 s for which proxies keep idle connections, so that the proxy closes first.
  keepAliveTimeout: 75_000,
  // Node.js would silently drop a second Authorization header. Joined, the header is malformed.
  joinDuplicateHeaders: true,
  noDelay: true,
};

/**
 * The listener for services: no pages, no framework, and no state except what `context` keeps open.
 *
 * @param revoke answers `POST /api/v1/revoke`; given, because a process that may not change keys has no such code
 */
export function createListener(context: Verification, revoke: Endpoint['answer']): Server {
  const all = new Map(endpoints).set('/api/v1/revoke', {
    ...{ name: 'revoke', method: 'POST', answer: revoke },
  });
  const server = createServer(limits, (request, response) => {
    void respond(all, context, request, response);
  });
  leaveUnsanitized(server);
  settleServer(server);
  return server;
}

async function respond(
  all: ReadonlyMap<string, Endpoint>,
  context: Verification,
  request: IncomingMessage,
  response: ServerResponse,
) {
  const since = performance.now();
  const name = nameRequest(request);
  response.on('error', () => undefined);
  settleTarget(request);
  const url = request.url ?? '/';
  const mark = url.indexOf('?');
  const endpoint = all.get(mark < 0 ? url : url.slice(0, mark));
  let answer: Answer;
  try {
    answer = await route(context, request, { endpoint, mark, since });
  } catch (error) {
    answer = answerToFailure(error, name);
  }
  const of = endpoint?.name ?? 'none';
  if (answer.status >= 400) {
    context.metrics.refused(of, answer.status);
    // The body of the gate is the same for all, and gateways may pass it on.
    if (of !== 'gate') answer = withRequestId(answer, name.requestId);
  }
  afterTurn(() => {
    write(response, answer, name.requestId);
    context.metrics.answered(of, performance.now() - since);
  });
}

const due: (() => void)[] = [];

/**
 * Sends all answers from one statement together, after the last is ready. If writes were spread out, callers
 * would sleep in between, and waking a caller costs more than the write.
 */
function afterTurn(send: () => void) {
  if (due.length === 0) process.nextTick(sendDue);
  due.push(send);
}

function sendDue() {
  for (const send of due.splice(0)) send();
}

type Asked = { endpoint: Endpoint | undefined; mark: number; since: number };

/** @param mark where the query begins, or -1 */
async function route(
  context: Verification,
  request: IncomingMessage,
  { endpoint, mark, since }: Asked,
): Promise<Answer> {
  if (!endpoint) return problem(404, 'There is nothing here.');
  const { method } = endpoint;
  const fits = method === null || request.method === method;
  if (!fits && !(method === 'GET' && request.method === 'HEAD')) {
    return problem(405, `Use ${method}.`, { Allow: method === 'GET' ? 'GET, HEAD' : method });
  }
  const body = method === 'POST' ? await readBody(request) : '';
  if (body === null) return problem(413, 'The body may have 8,192 bytes.');
  return endpoint.answer(context, {
    headers: request.headers,
    query: mark < 0 ? '' : (request.url ?? '').slice(mark + 1),
    body,
    address: clientAddress(request),
    peer: peerAddress(request),
    since,
  });
}

function write(response: ServerResponse, { status, headers, body }: Answer, requestId: string) {
  const fields = ['Cache-Control', 'no-store', 'Content-Length', `${Buffer.byteLength(body)}`];
  fields.push(requestIdHeader, requestId);
  for (const name in headers) fields.push(name, headers[name] as string);
  if (isDraining()) fields.push('Connection', 'close');
  response.writeHead(status, fields);
  response.end(body);
}
