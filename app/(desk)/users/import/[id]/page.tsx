import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { buttonClass } from '@/components/button';
import { ImportForm } from '@/components/import-form';
import { Notice } from '@/components/notice';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findVerdicts } from '@/lib/users/import/stage-import';
import { importUsersAction } from '../actions';
import { VerdictTable } from './verdict-table';

export const metadata: Metadata = { title: 'Import users' };

export default async function CheckedImportPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const verdicts = await findVerdicts(administrator, id);
  if (!verdicts) return <Over />;
  const errors = verdicts.filter(({ problem }) => problem !== null).length;
  const alike = verdicts.filter(({ warning }) => warning !== null).length;
  return (
    <>
      <h1>Import users</h1>
      <Notice look={errors + alike > 0 ? 'warn' : 'good'}>
        {summary(verdicts.length, errors)}
      </Notice>
      <ImportForm
        action={importUsersAction}
        id={id}
        list="/users"
        lines={verdicts.length}
        errors={errors}
        nouns={['user', 'users']}
      >
        {alike > 0 ? <LookalikesToo key={alike} count={alike} /> : null}
      </ImportForm>
      <VerdictTable verdicts={verdicts} />
    </>
  );
}

function summary(lines: number, errors: number): string {
  const count = (number: number) => number.toLocaleString('en');
  const added = lines - errors;
  if (errors === 0) {
    return `${count(added)} ${added === 1 ? 'user' : 'users'} will be added. Nobody has been yet.`;
  }
  const bad = errors === 1 ? '1 line has an error' : `${count(errors)} lines have errors`;
  return `${count(added)} will be added, ${bad}. Nobody is imported until no line has one.`;
}

/** The box sends the number that it names, so that nobody agrees to more than they saw. */
function LookalikesToo({ count }: { count: number }) {
  return (
    <label className="flex min-h-10 items-center gap-2 font-medium">
      <input type="checkbox" name="lookalikes" value={count} className="size-4 accent-accent" />
      {count === 1
        ? 'Also add the 1 user whose name looks like another'
        : `Also add the ${count.toLocaleString('en')} users whose names look like others`}
    </label>
  );
}

function Over() {
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <h1>Import users</h1>
      <Notice look="warn">
        This check is over: its users were imported, it is more than an hour old, or another check
        replaced it.
      </Notice>
      <div className="flex flex-wrap gap-2">
        <Link prefetch={false} href="/users/import" className={buttonClass('primary')}>
          Check a file
        </Link>
        <Link prefetch={false} href="/users" className={buttonClass()}>
          Show the users
        </Link>
      </div>
    </div>
  );
}
