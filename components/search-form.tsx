'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, type ReactNode, useTransition } from 'react';
import { Button, buttonClass } from './button';

type Props = { path: string; className: string; children: ReactNode };

/** A GET form: the address is the state of the list. JavaScript only spares the page load. */
export function SearchForm({ path, className, children }: Props) {
  const router = useRouter();
  const [searching, startSearch] = useTransition();
  function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === 'string' && value !== '') query.set(name, value);
    }
    startSearch(() => router.push(`${path}?${query}`));
  }
  return (
    <search>
      <form action={path} onSubmit={search} className={`grid items-start gap-3 ${className}`}>
        {children}
        <div className="flex gap-2 sm:pt-6">
          <Button type="submit" pending={searching}>
            Search
          </Button>
          <Link prefetch={false} href={path} className={buttonClass('quiet')}>
            Clear
          </Link>
        </div>
      </form>
    </search>
  );
}
