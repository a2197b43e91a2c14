import type { ReactNode } from 'react';

type Look = 'good' | 'warn' | 'bad';

/** A result in words, announced when it appears. */
export function Notice({ look, children }: { look: Look; children: ReactNode }) {
  return (
    <div role={look === 'bad' ? 'alert' : 'status'} className={`notice ${look}`}>
      {children}
    </div>
  );
}
