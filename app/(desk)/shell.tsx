import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { FocusKeeper } from '@/components/focus-keeper';
import { SoftLinks } from '@/components/soft-links';

type Props = {
  labels: { skip: string; product: string; main: string };
  home: string;
  /** Another link before the header, to skip to a part of the page. */
  skip?: ReactNode;
  /** The links of the navigation. Without any there is none. */
  links: ReactNode;
  /** Who is signed in, and how they sign out. */
  person: ReactNode;
  children: ReactNode;
};

/** What stands around every page of somebody who is signed in. */
export function Shell({ labels, home, skip, links, person, children }: Props) {
  return (
    <>
      <a
        href="#main"
        className="sr-only rounded-md bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
      >
        {labels.skip}
      </a>
      {skip}
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-6 px-3 sm:px-6">
          <Link
            href={home}
            prefetch={false}
            className="flex min-h-12 items-center gap-2 font-semibold text-ink"
          >
            <KeyRound aria-hidden="true" className="size-4 text-accent" />
            {labels.product}
          </Link>
          {links ? (
            <nav
              aria-label={labels.main}
              className="order-last -mx-1 flex w-full sm:order-none sm:w-auto"
            >
              {links}
            </nav>
          ) : null}
          <div className="ml-auto flex min-w-0 items-center gap-3">{person}</div>
        </div>
      </header>
      <main id="main" className="mx-auto grid max-w-[90rem] gap-4 px-3 py-5 sm:px-6">
        {children}
      </main>
      <SoftLinks />
      <FocusKeeper />
    </>
  );
}
