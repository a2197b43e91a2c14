'use client';

import { buttonClass } from '@/components/button';
import { keepFragment } from './kept-fragment';

type Props = { id: string; href: string; children: string };

/** Leads to the sign-in, and keeps the part of the link that is never sent. */
export function SignInLink({ id, href, children }: Props) {
  return (
    <a href={href} onClick={() => keepFragment(id)} className={buttonClass('primary')}>
      {children}
    </a>
  );
}
