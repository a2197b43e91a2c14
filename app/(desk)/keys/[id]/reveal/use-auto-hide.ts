'use client';

import { useCallback, useEffect, useState } from 'react';
import { flushSync } from 'react-dom';

/** A minute is the promise; the rest is for an answer that took its time to arrive. */
export const shownSeconds = 50;

/**
 * Seconds until what is shown must be gone: null before anybody counts, 0 from then on. Leaving the
 * page is the end too, so that a page kept for Back holds nothing.
 */
export function useAutoHide() {
  const [left, setLeft] = useState<number | null>(null);
  const hide = useCallback(() => {
    flushSync(() => setLeft(0));
    forgetScripts();
  }, []);
  useEffect(() => {
    const end = performance.now() + shownSeconds * 1_000;
    const timer = setInterval(() => {
      const seconds = Math.ceil((end - performance.now()) / 1_000);
      if (seconds > 0) return setLeft((before) => (before === 0 ? 0 : seconds));
      clearInterval(timer);
      hide();
    }, 250);
    window.addEventListener('pagehide', hide);
    return () => {
      clearInterval(timer);
      window.removeEventListener('pagehide', hide);
    };
  }, [hide]);
  return { left, hide };
}

/**
 * A form that was sent before the page came alive has its answer in an inline script, too. Those have
 * all run by now.
 */
function forgetScripts() {
  for (const script of document.querySelectorAll('script:not([src])')) script.remove();
}
