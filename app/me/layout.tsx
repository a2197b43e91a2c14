import { KeyRound } from 'lucide-react';
import Link from 'next/link';
import type { ReactNode } from 'react';
import { FocusKeeper } from '@/components/focus-keeper';
import { SoftLinks } from '@/components/soft-links';
import { findSignedIn } from '@/lib/auth/current-administrator';
import { findKeyOwner } from '@/lib/auth/current-key-owner';
import { NavLink } from '../(desk)/nav-link';
import { SignOutForm } from '../(desk)/sign-out-form';
import { signOutOfMyKeysAction } from './actions';
import { meLabels as labels } from './me-labels';

/** The shell of one's own keys. Each page guards itself, as in the desk. */
export default async function MyKeysLayout({ children }: { children: ReactNode }) {
  const owner = await findKeyOwner();
  if (!owner) return children;
  const hasRole = (await findSignedIn()) !== null;
  return (
    <>
      <a
        href="#main"
        className="sr-only rounded-md bg-surface px-3 py-2 focus:not-sr-only focus:absolute focus:top-2 focus:left-2 focus:z-10"
      >
        {labels.skip}
      </a>
      <header className="border-b border-line bg-surface">
        <div className="mx-auto flex max-w-[90rem] flex-wrap items-center gap-x-6 px-3 sm:px-6">
          <Link
            href="/me"
            prefetch={false}
            className="flex min-h-12 items-center gap-2 font-semibold text-ink"
          >
            <KeyRound aria-hidden="true" className="size-4 text-accent" />
            {labels.product}
          </Link>
          <nav
            aria-label={labels.main}
            className="order-last -mx-1 flex w-full sm:order-none sm:w-auto"
          >
            <NavLink href="/me">{labels.title}</NavLink>
            {hasRole ? <NavLink href="/keys">{labels.desk}</NavLink> : null}
          </nav>
          <div className="ml-auto flex min-w-0 items-center gap-3">
            <bdi className="max-w-40 truncate text-muted">{owner.username}</bdi>
            <SignOutForm action={signOutOfMyKeysAction} />
          </div>
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
