import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findBulkChange, findLeftOut } from '@/lib/keys/bulk/find-bulk-change';
import { keyFilterParams } from '@/lib/keys/key-input';
import { findUseOfBulk } from '@/lib/keys/use/use-of-many';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { stepBulkAction } from '../actions';
import { BulkForm } from './bulk-form';
import { BulkImpact } from './bulk-impact';
import { bulkDone, bulkLabels, bulkQuestion, bulkSummary } from './bulk-labels';
import { LeftOutKeys, SkippedKeys } from './skipped-keys';

export const metadata: Metadata = { title: bulkLabels.title };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

/** The question before many keys are changed, how far it has come, and in the end what happened. */
export default async function BulkChangePage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const bulk = await findBulkChange(administrator, id);
  if (!bulk) notFound();
  const query = await searchParams;
  const fromOverview = query.back === '/overview';
  const back = fromOverview ? '/overview' : listPath('/keys', keyFilterParams.parse(query));
  const over = bulk.done === bulk.total;
  const asked = bulk.done === 0 && bulk.verb !== 'activate';
  const use = asked ? await findUseOfBulk(administrator, id) : null;
  return (
    <div className="grid max-w-4xl gap-4">
      <h1>{over ? bulkDone(bulk) : bulkQuestion(bulk)}</h1>
      {over ? (
        <>
          <Notice look={bulk.skipped.length > 0 ? 'warn' : 'good'}>{bulkSummary(bulk)}</Notice>
          <div>
            <BackButton to={back}>
              {fromOverview ? bulkLabels.backToOverview : bulkLabels.backToKeys}
            </BackButton>
          </div>
        </>
      ) : (
        <BulkForm
          action={stepBulkAction}
          bulk={bulk}
          back={back}
          usedLately={bulk.verb === 'delete' && use !== null && use.usedInDay > 0}
        >
          {use ? <BulkImpact use={use} /> : null}
          <LeftOutKeys leftOut={await findLeftOut(administrator, id)} />
        </BulkForm>
      )}
      {bulk.skipped.length > 0 ? <SkippedKeys skipped={bulk.skipped} /> : null}
    </div>
  );
}
