import 'server-only';

/** One flag for this thread. Route handlers and `instrumentation.ts` are bundled separately, but share it. */
const shared = globalThis as typeof globalThis & { keydeskDraining?: boolean };

/** From now on this instance reports that it is not ready, and still answers. */
export function startDraining(): void {
  shared.keydeskDraining = true;
}

export function isDraining(): boolean {
  return shared.keydeskDraining === true;
}
