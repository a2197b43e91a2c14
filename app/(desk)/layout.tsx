import type { ReactNode } from 'react';
import { listLabels } from '@/components/list-labels';
import { Shortcuts } from '@/components/shortcuts';
import { findSignedIn } from '@/lib/auth/current-administrator';
import { signOutAction } from './actions';
import { NavLink } from './nav-link';
import { roleNames } from './settings/administrators/role-labels';
import { Shell } from './shell';
import { shellLabels } from './shell-labels';
import { SignOutForm } from './sign-out-form';

/** The shell. Each page guards itself: a layout is not rendered again when one moves between pages. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  const administrator = await findSignedIn();
  if (!administrator) return children;
  return (
    <>
      <Shell
        labels={shellLabels}
        home="/keys"
        skip={
          <a href="#report" className="skip-report">
            {listLabels.skip}
          </a>
        }
        links={administrator.owes ? null : <DeskLinks />}
        person={
          <>
            <span className="max-w-40 truncate text-muted" title={roleNames[administrator.role]}>
              {administrator.username}
            </span>
            <SignOutForm action={signOutAction} />
          </>
        }
      >
        {children}
      </Shell>
      <Shortcuts />
    </>
  );
}

function DeskLinks() {
  return (
    <>
      <NavLink href="/keys">{shellLabels.keys}</NavLink>
      <NavLink href="/overview">{shellLabels.overview}</NavLink>
      <NavLink href="/users">{shellLabels.users}</NavLink>
      <NavLink href="/audit">{shellLabels.audit}</NavLink>
      <NavLink href="/settings">{shellLabels.settings}</NavLink>
    </>
  );
}
