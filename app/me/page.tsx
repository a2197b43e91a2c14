import type { Metadata } from 'next';
import { EmptyState } from '@/components/empty-state';
import { PageHead } from '@/components/page-head';
import { Pagination } from '@/components/pagination';
import { requireKeyOwner } from '@/lib/auth/current-key-owner';
import { keyListParams } from '@/lib/keys/key-input';
import { listOwnKeys } from '@/lib/keys/own/own-keys';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { meLabels as labels } from './me-labels';
import { OwnKeyTable } from './own-key-table';

export const metadata: Metadata = { title: labels.title };

type Props = { searchParams: Promise<RawParams> };

export default async function MyKeysPage({ searchParams }: Props) {
  const { owner } = await requireKeyOwner();
  const { page, at, count } = keyListParams.parse(await searchParams);
  const found = await listOwnKeys(owner, { page, at, count });
  return (
    <>
      <PageHead title={labels.title} />
      <section aria-label={labels.report} className="panel">
        {found.rows.length === 0 ? (
          <EmptyState title={labels.empty}>
            <p>{labels.emptyWhy}</p>
          </EmptyState>
        ) : (
          <>
            <OwnKeyTable rows={found.rows} />
            <Pagination
              {...found}
              at={at}
              nouns={labels.nouns}
              href={(to) => listPath('/me', to)}
            />
          </>
        )}
      </section>
    </>
  );
}
