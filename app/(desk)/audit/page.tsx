import type { Metadata } from 'next';
import { Pagination } from '@/components/pagination';
import { auditListParams } from '@/lib/audit/audit-input';
import { searchEvents } from '@/lib/audit/audit-search';
import { hasRole } from '@/lib/auth/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { isSearchTooLong, listPath, type RawParams, searchTooLong } from '@/lib/list-params';
import { AuditSearch } from './audit-search';
import { AuditTable } from './audit-table';
import { ExportForm } from './export-form';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer');
  const params = auditListParams.parse(await searchParams);
  const errors = {
    actor: isSearchTooLong(params.actor) ? searchTooLong : undefined,
    target: isSearchTooLong(params.target) ? searchTooLong : undefined,
  };
  const found = errors.actor || errors.target ? null : await searchEvents(administrator, params);
  const { page: _page, ...filters } = params;
  const mayExport = hasRole(administrator, 'admin') && found !== null;
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1 className="text-xl font-semibold">Audit</h1>
          <p className="text-muted">Who did what, newest first. Days and times are in UTC.</p>
        </div>
        {mayExport ? <ExportForm filters={filters} /> : null}
      </div>
      <AuditSearch key={listPath('/audit', filters)} filters={filters} errors={errors} />
      {found ? (
        <section aria-label="Events" className="rounded-lg border border-line bg-surface">
          <AuditTable events={found.rows} filtered={Object.values(filters).some(Boolean)} />
          {found.total > 0 ? (
            <Pagination
              page={found.page}
              pages={found.pages}
              total={found.total}
              noun={found.total === 1 ? 'event' : 'events'}
              href={(page) => listPath('/audit', { ...filters, page })}
            />
          ) : null}
        </section>
      ) : null}
    </>
  );
}
