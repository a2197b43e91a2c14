import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { buttonClass } from '@/components/button';
import { ImportForm } from '@/components/import-form';
import { Notice } from '@/components/notice';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findCheckedKeys, findKeyImport } from '@/lib/keys/import/find-import';
import { importKeysAction } from '../actions';
import { VerdictTable } from './verdict-table';

export const metadata: Metadata = { title: 'Import API keys' };

export default async function CheckedKeysPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const checked = await findCheckedKeys(administrator, id);
  if (!checked) return <Over done={await findKeyImport(administrator, id)} />;
  const { lines, bad } = checked;
  return (
    <>
      <h1>Import API keys</h1>
      <Notice look={bad > 0 ? 'warn' : 'good'}>{summary(lines, bad)}</Notice>
      <ImportForm
        action={importKeysAction}
        id={id}
        list="/keys"
        lines={lines}
        errors={bad}
        nouns={['key', 'keys']}
      />
      <VerdictTable checked={checked} />
    </>
  );
}

const count = (number: number) => number.toLocaleString('en');
const keys = (number: number) => `${count(number)} ${number === 1 ? 'key' : 'keys'}`;

function summary(lines: number, errors: number): string {
  if (errors === 0) return `${keys(lines)} will be imported. None has been yet.`;
  const bad = errors === 1 ? '1 line has an error' : `${count(errors)} lines have errors`;
  return `${count(lines - errors)} could be imported, ${bad}. Nothing is imported until no line has one.`;
}

function Over({ done }: { done: { keys: number } | null }) {
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <h1>Import API keys</h1>
      {done ? (
        <Notice look="good">
          {keys(done.keys)} {done.keys === 1 ? 'was' : 'were'} imported. Callers can use them from
          now on.
        </Notice>
      ) : (
        <Notice look="warn">
          This check is over: it is more than an hour old, or another check replaced it.
        </Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Link prefetch={false} href="/keys" className={buttonClass('primary')}>
          Show the keys
        </Link>
        <Link prefetch={false} href="/keys/import" className={buttonClass()}>
          Check {done ? 'another' : 'a'} file
        </Link>
      </div>
    </div>
  );
}
