import 'server-only';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { onUnanswered } from '@/db/unanswered';
import { currentResponse } from '@/lib/log/request-id';

/** Seconds. A failover takes about as long. */
const retryAfter = 5;

const unanswered = new WeakSet<ServerResponse>();

/** Notes the responses to requests for which the database did not answer. */
export function noteUnanswered(): void {
  onUnanswered(() => {
    const response = currentResponse();
    if (response) unanswered.add(response);
  });
}

/**
 * Answers 503 where the framework would answer 500 because the database is away, so that proxies and monitors can
 * tell the two apart. Only for what may be asked again: a form that was posted may have taken effect.
 */
export function admitUnavailable({ method }: IncomingMessage, response: ServerResponse): void {
  if (method !== 'GET' && method !== 'HEAD') return;
  const writeHead = response.writeHead.bind(response) as (
    status: number,
    ...rest: unknown[]
  ) => ServerResponse;
  response.writeHead = ((status: number, ...rest: unknown[]) => {
    if (status !== 500 || !unanswered.has(response)) return writeHead(status, ...rest);
    response.setHeader('Retry-After', retryAfter);
    response.statusMessage = '';
    return writeHead(503, ...rest.filter((part) => typeof part !== 'string'));
  }) as ServerResponse['writeHead'];
}
