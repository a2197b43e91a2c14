import type { Metadata } from 'next';
import { PageHead } from '@/components/page-head';
import { Pagination } from '@/components/pagination';
import { SlowSearch } from '@/components/slow-search';
import { hasRole } from '@/lib/access/administrator';
import { auditListParams } from '@/lib/audit/audit-input';
import { searchEvents } from '@/lib/audit/audit-search';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { searchTooLong } from '@/lib/lists/list-labels';
import { foundText, isSearchTooLong, type RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { findOwnerName } from '@/lib/users/find-owner-name';
import { IdentifyDesk } from '../keys/identify/identify-desk';
import { auditLabels as labels } from './audit-labels';
import { AuditSearch } from './audit-search';
import { AuditTable } from './audit-table';
import { ExportForm } from './export-form';

export const metadata: Metadata = { title: labels.title };

export default async function AuditPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer');
  const { wholeKey, page, at, count, ...filters } = auditListParams.parse(await searchParams);
  const errors = {
    actor: isSearchTooLong(filters.actor) ? searchTooLong : undefined,
    target: isSearchTooLong(filters.target) ? searchTooLong : undefined,
  };
  const tooLong = errors.actor || errors.target;
  const asked = { ...filters, page, at, count };
  const answer = tooLong ? null : await orTooSlow(searchEvents(administrator, asked));
  const found = answer === 'too-slow' ? null : answer;
  const { owner } = filters;
  const ownerName = owner ? await findOwnerName(administrator, owner) : null;
  const mayExport = hasRole(administrator, 'admin') && !tooLong;
  return (
    <>
      <div className="grid gap-1">
        <PageHead title={labels.title}>
          {mayExport ? <ExportForm filters={filters} /> : null}
        </PageHead>
        <p className="text-muted">{labels.about}</p>
      </div>
      <AuditSearch
        filters={filters}
        tookKey={wholeKey !== undefined}
        errors={errors}
        ownerName={ownerName}
        summary={foundText(found, labels.nouns)}
      />
      {wholeKey ? <IdentifyDesk administrator={administrator} isExpected /> : null}
      {answer === 'too-slow' ? <SlowSearch advice={labels.tooSlow} /> : null}
      {found ? (
        <section aria-label={labels.events} className="panel">
          <AuditTable events={found.rows} filtered={Object.values(filters).some(Boolean)} />
          {found.rows.length > 0 ? (
            <Pagination
              {...found}
              at={at}
              nouns={labels.nouns}
              href={(to) => listPath('/audit', { ...filters, ...to })}
            />
          ) : null}
        </section>
      ) : null}
    </>
  );
}
