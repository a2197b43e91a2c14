'use client';

import { type RefObject, useEffect } from 'react';

/**
 * Until `acknowledged`, holds back links of this page and tells `onLeave` where they lead; the
 * browser itself asks before the tab closes or loads another page.
 */
export function useLeaveGuard(
  acknowledged: RefObject<boolean>,
  onLeave: (href: string) => void,
): void {
  useEffect(() => {
    function holdLink(event: MouseEvent) {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      const elsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0;
      if (acknowledged.current || elsewhere || !(link instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      event.stopPropagation();
      onLeave(link.href);
    }
    function holdPage(event: BeforeUnloadEvent) {
      if (!acknowledged.current) event.preventDefault();
    }
    document.addEventListener('click', holdLink, true);
    window.addEventListener('beforeunload', holdPage);
    return () => {
      document.removeEventListener('click', holdLink, true);
      window.removeEventListener('beforeunload', holdPage);
    };
  }, [acknowledged, onLeave]);
}
