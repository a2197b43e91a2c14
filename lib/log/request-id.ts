import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

type Current = { id: string; response: ServerResponse };

/** Pages and `instrumentation.ts` are bundled separately, but share the current request. */
const shared = globalThis as typeof globalThis & {
  keydeskRequests?: AsyncLocalStorage<Current>;
};

const requests = () => {
  shared.keydeskRequests ??= new AsyncLocalStorage();
  return shared.keydeskRequests;
};

/** Starts the context of this request, with an id of our own, because a client could forge one. */
export function beginRequest(response: ServerResponse): void {
  requests().enterWith({ id: randomUUID(), response });
}

export function currentRequestId(): string | undefined {
  return requests().getStore()?.id;
}

/** The response to this request; undefined outside a request. */
export function currentResponse(): ServerResponse | undefined {
  return requests().getStore()?.response;
}
