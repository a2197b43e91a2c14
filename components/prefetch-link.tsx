'use client';

import Link from 'next/link';
import { type ComponentProps, useEffect, useState } from 'react';

const signs = ['pointermove', 'keydown', 'touchstart', 'scroll'] as const;

/**
 * A link to where most go next. Its page is fetched whole once the link is near the window, but not
 * before somebody is at work there: the first load asks for no more than it shows, and a page that
 * nobody looks at does not keep its session alive.
 */
export function PrefetchLink(props: ComponentProps<typeof Link>) {
  const [isSomebodyHere, setSomebodyHere] = useState(false);
  useEffect(() => {
    const stop = new AbortController();
    for (const sign of signs) {
      const options = { once: true, passive: true, signal: stop.signal };
      window.addEventListener(sign, () => setSomebodyHere(true), options);
    }
    return () => stop.abort();
  }, []);
  return <Link {...props} prefetch={isSomebodyHere} />;
}
