'use client';

import { type ReactNode, useCallback, useSyncExternalStore } from 'react';
import { fragmentIn } from '@/lib/keys/hand-over/fragment-uses';
import { restoreFragment } from './kept-fragment';
import { canOpen } from './open-seal';

type Props = {
  id: string;
  /** For browsers without JavaScript, which never send the fragment. */
  unscripted: ReactNode;
  /** Where the address has no fragment. */
  missing: ReactNode;
  /** Where the browser has it and cannot open the seal itself. */
  notSecure: ReactNode;
};

/** Where the user has signed in meanwhile, the address gets its part back first. */
function listenFor(id: string, onChange: () => void) {
  restoreFragment(id);
  window.addEventListener('hashchange', onChange);
  return () => window.removeEventListener('hashchange', onChange);
}

function look(): 'here' | 'missing' | 'not-secure' {
  if (!fragmentIn(window.location.hash)) return 'missing';
  return canOpen() ? 'here' : 'not-secure';
}

/** Asks for the part of the link that did not arrive, and for nothing if it did. */
export function LinkPartField({ id, unscripted, missing, notSecure }: Props) {
  const listen = useCallback((onChange: () => void) => listenFor(id, onChange), [id]);
  const found = useSyncExternalStore(listen, look, () => 'unknown' as const);
  if (found === 'unknown') return <noscript>{unscripted}</noscript>;
  if (found === 'missing') return missing;
  return found === 'not-secure' ? notSecure : null;
}
