import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { FocusKeeper } from '@/components/focus-keeper';
import { listLabels } from '@/components/list-labels';
import { Shortcuts } from '@/components/shortcuts';
import { SoftLinks } from '@/components/soft-links';
import { findSignedIn } from '@/lib/auth/current-administrator';
import { signOutAction } from './actions';
import { NavLink } from './nav-link';
import { roleNames } from './settings/administrators/role-labels';
import { shellLabels } from './shell-labels';
import { SignOutForm } from './sign-out-form';

/** The shell. Each page guards itself: a layout is not rendered again when one moves between pages. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const administrator = await findSignedIn();
  if (!administrator) return children;
  return (
    <>
      <a
        href="#main"
        className="sr-only rounded-md bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
      >
        {shellLabels.skip}
      </a>
      <a href="#report" className="skip-report">
        {listLabels.skip}
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-6 px-3 sm:px-6">
          <Link
            href="/keys"
            prefetch={false}
            className="flex min-h-12 items-center gap-2 font-semibold text-ink"
          >
            <KeyRound aria-hidden="true" className="size-4 text-accent" />
            {shellLabels.product}
          </Link>
          {administrator.owes ? null : (
            <nav
              aria-label={shellLabels.main}
              className="order-last -mx-1 flex w-full sm:order-none sm:w-auto"
            >
              <NavLink href="/keys">{shellLabels.keys}</NavLink>
              <NavLink href="/overview">{shellLabels.overview}</NavLink>
              <NavLink href="/users">{shellLabels.users}</NavLink>
              <NavLink href="/audit">{shellLabels.audit}</NavLink>
              <NavLink href="/settings">{shellLabels.settings}</NavLink>
            </nav>
          )}
          <div className="ml-auto flex min-w-0 items-center gap-3">
            <span className="max-w-40 truncate text-muted" title={roleNames[administrator.role]}>
              {administrator.username}
            </span>
            <SignOutForm action={signOutAction} />
          </div>
        </div>
      </header>
      <main id="main" className="mx-auto grid max-w-[90rem] gap-4 px-3 py-5 sm:px-6">
        {children}
      </main>
      <SoftLinks />
      <FocusKeeper />
      <Shortcuts />
    </>
  );
}
