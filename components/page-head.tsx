import Link from 'next/link';
import { Fragment, type ReactNode } from 'react';
import { componentLabels } from './component-labels';

type Props = {
  title: ReactNode;
  /** The pages above this one, the topmost first. */
  trail?: ReadonlyArray<{ text: ReactNode; href: string }>;
  /** Names what the buttons of the page are about. */
  id?: string;
  /** Stands beside the title and is no part of it: how many there are. */
  beside?: ReactNode;
  /** What one may do here: links and buttons. */
  children?: ReactNode;
};

/** The head of each page: where one is, its title, and what one may do. */
export function PageHead({ title, trail = [], id, beside, children }: Props) {
  return (
    <div className="grid gap-1">
      {trail.length > 0 ? (
        <nav aria-label={componentLabels.breadcrumb} className="text-muted wrap-anywhere">
          {trail.map(({ text, href }, depth) => (
            <Fragment key={href}>
              {depth > 0 ? <span aria-hidden="true"> / </span> : null}
              <Link prefetch={false} href={href} className="underline-offset-2 hover:underline">
                {text}
              </Link>
            </Fragment>
          ))}
        </nav>
      ) : null}
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2">
        <div className="flex min-w-0 flex-wrap items-baseline gap-x-3">
          <h1 id={id}>{title}</h1>
          {beside}
        </div>
        {children ? <div className="flex flex-wrap items-center gap-2">{children}</div> : null}
      </div>
    </div>
  );
}
