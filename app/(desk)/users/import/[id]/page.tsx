import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { buttonClass } from '@/components/button';
import { ImportForm } from '@/components/import-form';
import { Notice } from '@/components/notice';
import { PageHead } from '@/components/page-head';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findVerdicts } from '@/lib/users/import/stage-import';
import { importUsersAction } from '../actions';
import { importUsersLabels as labels } from '../import-users-labels';
import { VerdictTable } from './verdict-table';

export const metadata: Metadata = { title: labels.title };

const trail = [{ text: labels.list, href: '/users' }];

export default async function CheckedImportPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const verdicts = await findVerdicts(administrator, id);
  if (!verdicts) return <Over />;
  const lines = verdicts.length;
  const errors = verdicts.filter(({ problem }) => problem !== null).length;
  const alike = verdicts.filter(({ warning }) => warning !== null).length;
  const active = verdicts.filter((verdict) => verdict.active).length;
  return (
    <>
      <PageHead title={labels.title} trail={trail} />
      <Notice look={errors + alike > 0 ? 'warn' : 'good'}>
        {errors > 0
          ? labels.wrong(errors, lines)
          : labels.fine({ lines, active, disabled: lines - active })}
      </Notice>
      <ImportForm
        action={importUsersAction}
        id={id}
        list="/users"
        lines={lines}
        errors={errors}
        nouns={[...labels.nouns]}
      >
        {alike > 0 ? <LookalikesToo key={alike} count={alike} /> : null}
      </ImportForm>
      <VerdictTable verdicts={verdicts} />
    </>
  );
}

/** The box sends the number that it names, so that nobody agrees to more than they saw. */
function LookalikesToo({ count }: { count: number }) {
  return (
    <label className="flex min-h-10 items-center gap-2 font-medium">
      <input type="checkbox" name="lookalikes" value={count} className="size-4 accent-accent" />
      {labels.alsoAlike(count)}
    </label>
  );
}

function Over() {
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <PageHead title={labels.title} trail={trail} />
      <Notice look="warn">{labels.over}</Notice>
      <div className="flex flex-wrap gap-2">
        <Link prefetch={false} href="/users/import" className={buttonClass('primary')}>
          {labels.check}
        </Link>
        <Link prefetch={false} href="/users" className={buttonClass()}>
          {labels.showUsers}
        </Link>
      </div>
    </div>
  );
}
