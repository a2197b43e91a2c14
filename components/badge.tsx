import type { ReactNode } from 'react';

type Look = 'good' | 'warn' | 'bad' | 'plain';

export function Badge({ look, children }: { look: Look; children: ReactNode }) {
  return <span className={`badge ${look}`}>{children}</span>;
}
