import type { ReactNode } from 'react';

type Props = {
  id: string;
  title: string;
  about: string;
  /** What is said in place of an empty list. */
  none: string | null;
  children: ReactNode;
};

export function OverviewSection({ id, title, about, none, children }: Props) {
  return (
    <section aria-labelledby={id} className="panel">
      <div className="border-b border-line px-3 py-2">
        <h2 id={id}>{title}</h2>
        <p className="text-muted">{about}</p>
      </div>
      {none ? <p className="px-3 py-2 text-muted">{none}</p> : children}
    </section>
  );
}
