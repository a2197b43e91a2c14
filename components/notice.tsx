import type { ReactNode } from 'react';

const looks = {
  good: 'border-good/40 bg-good-soft text-good',
  warn: 'border-warn/40 bg-warn-soft text-warn',
  bad: 'border-danger/40 bg-danger-soft text-danger',
} as const;

/** A result in words, announced when it appears. */
export function Notice({ look, children }: { look: keyof typeof looks; children: ReactNode }) {
  return (
    <div
      role={look === 'bad' ? 'alert' : 'status'}
      className={`rounded-md border px-3 py-2 font-medium wrap-anywhere ${looks[look]}`}
    >
      {children}
    </div>
  );
}
