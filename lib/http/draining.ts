import 'server-only';

/** Of this thread; the bundles of route handlers and of `instrumentation.ts` are separate. */
const shared = globalThis as typeof globalThis & { keydeskLeaving?: boolean };

/** From now on this instance says that it is not ready, and goes on answering. */
export function leave(): void {
  shared.keydeskLeaving = true;
}

export function isLeaving(): boolean {
  return shared.keydeskLeaving === true;
}
