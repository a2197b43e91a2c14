import 'server-only';
import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';

/** The bundles of pages and of `instrumentation.ts` are separate; the request is one. */
const shared = globalThis as typeof globalThis & {
  keydeskRequests?: AsyncLocalStorage<string>;
};

const requests = () => {
  shared.keydeskRequests ??= new AsyncLocalStorage();
  return shared.keydeskRequests;
};

/** Gives what follows in this request an id of our own: one that a client sent could be anybody's. */
export function beginRequest(): void {
  requests().enterWith(randomUUID());
}

export function currentRequestId(): string | undefined {
  return requests().getStore();
}
