import type { ReactNode } from 'react';

/** What stands in place of an empty list: what is so, and the way onward. */
export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="grid justify-items-center gap-3 px-4 py-12 text-center">
      <p className="text-base font-semibold">{title}</p>
      {children ? <div className="grid gap-3 text-muted">{children}</div> : null}
    </div>
  );
}
