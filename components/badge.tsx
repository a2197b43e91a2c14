import type { ReactNode } from 'react';

const looks = {
  good: 'bg-good-soft text-good',
  warn: 'bg-warn-soft text-warn',
  bad: 'bg-danger-soft text-danger',
  plain: 'bg-sunken text-muted',
} as const;

export function Badge({ look, children }: { look: keyof typeof looks; children: ReactNode }) {
  return (
    <span
      className={`inline-block rounded-full px-2 py-0.5 text-xs leading-5 font-semibold whitespace-nowrap ${looks[look]}`}
    >
      {children}
    </span>
  );
}
