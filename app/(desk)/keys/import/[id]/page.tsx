import type { Metadata } from 'next';
import Link from 'next/link';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { buttonClass } from '@/components/button';
import { ImportForm } from '@/components/import-form';
import { Notice } from '@/components/notice';
import { PageHead } from '@/components/page-head';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findCheckedKeys, findKeyImport, sumUp } from '@/lib/keys/import/find-import';
import type { RawParams } from '@/lib/lists/list-params';
import { UnsentNotice } from '../../../unsent-notice';
import { importKeysAction } from '../actions';
import { importKeysLabels } from '../import-keys-labels';
import { VerdictTable } from './verdict-table';

export const metadata: Metadata = { title: importKeysLabels.title };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function CheckedKeysPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const checked = await findCheckedKeys(administrator, id);
  if (!checked) return <Over done={await findKeyImport(administrator, id)} />;
  const { lines, bad } = checked;
  return (
    <>
      <PageHead title={importKeysLabels.title} trail={trail} />
      <UnsentNotice params={await searchParams} />
      {bad > 0 ? (
        <Notice look="warn">{importKeysLabels.wrong(bad, lines)}</Notice>
      ) : (
        <Notice look="good">{importKeysLabels.fine(await sumUp(administrator, id))}</Notice>
      )}
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

const trail = [{ text: importKeysLabels.list, href: '/keys' }];

function Over({ done }: { done: { keys: number } | null }) {
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <PageHead title={importKeysLabels.title} trail={trail} />
      {done ? (
        <Notice look="good">{importKeysLabels.imported(done.keys)}</Notice>
      ) : (
        <Notice look="warn">{importKeysLabels.over}</Notice>
      )}
      <div className="flex flex-wrap gap-2">
        <Link prefetch={false} href="/keys" className={buttonClass('primary')}>
          {importKeysLabels.showKeys}
        </Link>
        <Link prefetch={false} href="/keys/import" className={buttonClass()}>
          {done ? importKeysLabels.checkAnother : importKeysLabels.check}
        </Link>
      </div>
    </div>
  );
}
