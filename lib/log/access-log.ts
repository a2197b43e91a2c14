import 'server-only';
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { isDebugging, log } from './log';
import { nameRequest } from './request-id';
import { shownPath } from './shown-path';

/** Logs each answer of the HTTP servers of this thread, if the level is `debug`. */
export function logRequests(): void {
  if (!isDebugging()) return;
  const began = new WeakMap<IncomingMessage, number>();
  subscribe('http.server.request.start', (message) => {
    began.set((message as { request: IncomingMessage }).request, performance.now());
  });
  subscribe('http.server.response.finish', (message) => {
    const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
    log.debug('request', {
      ...nameRequest(request),
      method: request.method,
      path: shownPath(request.url ?? ''),
      status: response.statusCode,
      milliseconds: Math.round(performance.now() - (began.get(request) ?? performance.now())),
    });
  });
}
