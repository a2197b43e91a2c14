import type { ReactNode } from 'react';

type Props = {
  id: string;
  summary: string;
  about: string;
  isOpen: boolean;
  /** What one may do about all of it. */
  actions?: ReactNode;
  children?: ReactNode;
};

/** One thing that needs attention: a sentence, and behind it the first records. */
export function AttentionItem({ id, summary, about, isOpen, actions, children }: Props) {
  return (
    <li className="relative">
      <details open={isOpen}>
        <summary id={id} className="min-h-12 px-4 py-3 font-medium sm:pr-72">
          {summary}
        </summary>
        <p className="px-4 pb-2 text-muted">{about}</p>
        {children}
      </details>
      {actions ? (
        <div className="flex flex-wrap items-center gap-2 px-4 pb-2 sm:absolute sm:top-2 sm:right-0 sm:pb-0">
          {actions}
        </div>
      ) : null}
    </li>
  );
}
