import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { ServerResponse } from 'node:http';

type Current = { id: string; response: ServerResponse };

/** The bundles of pages and of `instrumentation.ts` are separate; the request is one. */
const shared = globalThis as typeof globalThis & {
  keydeskRequests?: AsyncLocalStorage<Current>;
};

const requests = () => {
  shared.keydeskRequests ??= new AsyncLocalStorage();
  return shared.keydeskRequests;
};

/** Gives what follows in this request an id of our own: one that a client sent could be anybody's. */
export function beginRequest(response: ServerResponse): void {
  requests().enterWith({ id: randomUUID(), response });
}

export function currentRequestId(): string | undefined {
  return requests().getStore()?.id;
}

/** What this request is answered by; undefined outside one. */
export function currentResponse(): ServerResponse | undefined {
  return requests().getStore()?.response;
}
