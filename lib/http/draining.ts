import 'server-only';

/** Of this thread; the bundles of route handlers and of `instrumentation.ts` are separate. */
const shared = globalThis as typeof globalThis & { keydeskDraining?: boolean };

/** From now on this instance says that it is not ready, and goes on answering. */
export function startDraining(): void {
  shared.keydeskDraining = true;
}

export function isDraining(): boolean {
  return shared.keydeskDraining === true;
}
