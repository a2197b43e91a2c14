import { fragmentIn } from '@/lib/keys/hand-over/fragment-uses';

/**
 * The fragment of a link while its user signs in. It is never sent, so the way to the provider and back would lose
 * it. The storage of this tab keeps it until then, under the id of the link.
 */
const nameOf = (id: string) => `keydesk hand-over ${id.toLowerCase()}`;

/** Before the browser leaves for the sign-in. */
export function keepFragment(id: string): void {
  const fragment = fragmentIn(window.location.hash);
  if (fragment) withStorage((storage) => storage.setItem(nameOf(id), fragment));
}

/** Puts a kept fragment back into the address, where a link has it, and keeps it no longer. */
export function restoreFragment(id: string): void {
  const kept = withStorage((storage) => storage.getItem(nameOf(id)));
  forgetFragment(id);
  if (!kept || fragmentIn(window.location.hash)) return;
  window.history.replaceState(null, '', `#${kept}`);
}

export function forgetFragment(id: string): void {
  withStorage((storage) => storage.removeItem(nameOf(id)));
}

/** Browsers may refuse the storage. The page then asks for the link. */
function withStorage<Result>(use: (storage: Storage) => Result): Result | null {
  try {
    return use(window.sessionStorage);
  } catch {
    return null;
  }
}
