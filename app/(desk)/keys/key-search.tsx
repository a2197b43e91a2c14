'use client';

import Link from 'next/link';
import { useRouter } from 'next/navigation';
import { type FormEvent, useTransition } from 'react';
import { Button, buttonClass } from '@/components/button';
import { TextField } from '@/components/field';
import { SelectField } from '@/components/select-field';

const statuses = [
  { value: '', label: 'All' },
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
  { value: 'expired', label: 'Expired' },
];

type Props = { username: string; status?: string; sort?: string; error?: string };

/** A GET form: the address is the state of the report. JavaScript only spares the page load. */
export function KeySearch({ username, status, sort, error }: Props) {
  const router = useRouter();
  const [searching, startSearch] = useTransition();
  function search(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const query = new URLSearchParams();
    for (const [name, value] of new FormData(event.currentTarget)) {
      if (typeof value === 'string' && value !== '') query.set(name, value);
    }
    startSearch(() => router.push(`/keys?${query}`));
  }
  return (
    <search>
      <form
        action="/keys"
        onSubmit={search}
        className="grid items-start gap-3 sm:grid-cols-[minmax(10rem,22rem)_10rem_auto]"
      >
        <TextField
          label="Username"
          name="username"
          type="search"
          defaultValue={username}
          error={error}
          autoComplete="off"
          spellCheck={false}
        />
        <SelectField label="Status" name="status" defaultValue={status ?? ''} options={statuses} />
        {sort ? <input type="hidden" name="sort" value={sort} /> : null}
        <div className="flex gap-2 sm:pt-6">
          <Button type="submit" pending={searching}>
            Search
          </Button>
          <Link prefetch={false} href="/keys" className={buttonClass('quiet')}>
            Clear
          </Link>
        </div>
      </form>
    </search>
  );
}
