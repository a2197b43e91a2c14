'use client';

import { useRouter } from 'next/navigation';
import { useEffect } from 'react';

/**
 * Follows the plain links of the desk without loading a page anew. A `Link` for each would cost the
 * server more than the row that it is in. One with a target, such as a file, is left to the browser.
 */
export function SoftLinks() {
  const router = useRouter();
  useEffect(() => {
    function follow(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest('a') : null;
      if (!link || !isOurs(link) || event.defaultPrevented || isForAnotherTab(event)) return;
      event.preventDefault();
      router.push(link.pathname + link.search + link.hash);
    }
    // Not on the document: a `Link`, and what holds back links, are heard before.
    window.addEventListener('click', follow);
    return () => window.removeEventListener('click', follow);
  }, [router]);
  return null;
}

const isOurs = (link: HTMLAnchorElement) =>
  link.origin === location.origin && !link.target && !link.getAttribute('href')?.startsWith('#');

const isForAnotherTab = ({ button, altKey, ctrlKey, metaKey, shiftKey }: MouseEvent) =>
  button !== 0 || altKey || ctrlKey || metaKey || shiftKey;
