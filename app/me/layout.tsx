import type { ReactNode } from 'react';
import { findSignedIn } from '@/lib/auth/current-administrator';
import { findKeyOwner } from '@/lib/auth/current-key-owner';
import { NavLink } from '../(desk)/nav-link';
import { Shell } from '../(desk)/shell';
import { SignOutForm } from '../(desk)/sign-out-form';
import { signOutOfMyKeysAction } from './actions';
import { meLabels as labels } from './me-labels';

/** The shell of one's own keys. Each page guards itself, as in the desk. */
export default async function MyKeysLayout({ children }: { children: ReactNode }) {
  const owner = await findKeyOwner();
  if (!owner) return children;
  const hasRole = (await findSignedIn()) !== null;
  return (
    <Shell
      labels={labels}
      home="/me"
      links={
        <>
          <NavLink href="/me">{labels.title}</NavLink>
          {hasRole ? <NavLink href="/keys">{labels.desk}</NavLink> : null}
        </>
      }
      person={
        <>
          <bdi className="max-w-40 truncate text-muted">{owner.username}</bdi>
          <SignOutForm action={signOutOfMyKeysAction} />
        </>
      }
    >
      {children}
    </Shell>
  );
}
