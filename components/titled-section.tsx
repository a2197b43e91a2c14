import type { ReactNode } from 'react';

type Props = { id: string; title: string; children: ReactNode };

/** A part of a page, named by its heading. */
export function TitledSection({ id, title, children }: Props) {
  return (
    <section aria-labelledby={id} className="grid gap-2">
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
