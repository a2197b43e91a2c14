'use client';

import { type ReactNode, useEffect, useRef } from 'react';

/** News that came with the page. It takes the focus where the way here left it to nobody. */
export function Arrival({ children }: { children: ReactNode }) {
  const news = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // After the dialog is closed that led here.
    const frame = requestAnimationFrame(() => {
      if (document.activeElement === document.body) news.current?.focus();
    });
    return () => cancelAnimationFrame(frame);
  }, []);
  return (
    <div ref={news} tabIndex={-1}>
      {children}
    </div>
  );
}
