import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { ServerResponse } from 'node:http';

/** The bundles of route handlers and of `instrumentation.ts` are separate; the response is one. */
const shared = globalThis as typeof globalThis & {
  keydeskResponses?: AsyncLocalStorage<ServerResponse>;
};

const responses = () => {
  shared.keydeskResponses ??= new AsyncLocalStorage();
  return shared.keydeskResponses;
};

/** Keeps the response within reach of what follows in this request. */
export function rememberResponse(response: ServerResponse): void {
  responses().enterWith(response);
}

/**
 * What Node answers with, for a route handler that must close its connection: the framework waits for a
 * peer who takes nothing.
 */
export function currentResponse(): ServerResponse | undefined {
  return responses().getStore();
}

/** Time for an answer to arrive where its request is still being sent, in milliseconds. */
const farewell = 5_000;

/** Closes the connection after the answer, for a sender who would go on sending. */
export function closeAfterAnswer(): void {
  const response = currentResponse();
  const close = () => response?.req.complete || response?.req.socket.destroy();
  response?.once('finish', () => setTimeout(close, farewell).unref());
}
