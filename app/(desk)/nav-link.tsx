'use client';

import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';

/** Knows the current page, which the shell does not: layouts are not rendered again on the way. */
export function NavLink({ href, children }: { href: string; children: ReactNode }) {
  const current = usePathname().startsWith(href);
  return (
    <Link
      href={href}
      prefetch={false}
      aria-current={current ? 'page' : undefined}
      className="relative flex min-h-11 items-center border-b-2 border-transparent px-1.5 whitespace-nowrap text-muted min-[22rem]:px-2 hover:text-ink aria-[current=page]:border-accent aria-[current=page]:font-semibold aria-[current=page]:text-ink sm:px-3"
    >
      {children}
      <OnTheWay />
    </Link>
  );
}

/** Answers the click at once; a delay keeps it away where the page is faster than the eye. */
function OnTheWay() {
  const { pending } = useLinkStatus();
  return (
    <span
      aria-hidden="true"
      className={`absolute inset-x-0 -bottom-0.5 h-0.5 bg-accent delay-100 ${pending ? 'motion-safe:animate-pulse' : 'opacity-0'}`}
    />
  );
}
