import type { Metadata } from 'next';
import { Pagination } from '@/components/pagination';
import { SlowSearch } from '@/components/slow-search';
import { hasRole } from '@/lib/access/administrator';
import { auditListParams } from '@/lib/audit/audit-input';
import { searchEvents } from '@/lib/audit/audit-search';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { foundText, isSearchTooLong, type RawParams, searchTooLong } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { switchKeyAction } from '../keys/actions';
import { identifyKeyAction } from '../keys/identify/actions';
import { IdentifyBox } from '../keys/identify/identify-box';
import { AuditSearch } from './audit-search';
import { AuditTable } from './audit-table';
import { ExportForm } from './export-form';

export const metadata: Metadata = { title: 'Audit' };

const nouns = ['event', 'events'] as const;

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
  const mayExport = hasRole(administrator, 'admin') && !tooLong;
  return (
    <>
      <div className="flex flex-wrap items-end justify-between gap-4">
        <div>
          <h1>Audit</h1>
          <p className="text-muted">Who did what, newest first. Days and times are in UTC.</p>
        </div>
        {mayExport ? <ExportForm filters={filters} /> : null}
      </div>
      <AuditSearch
        filters={filters}
        tookKey={wholeKey !== undefined}
        errors={errors}
        summary={foundText(found, nouns)}
      />
      {wholeKey ? (
        <IdentifyBox
          action={identifyKeyAction}
          switchAction={switchKeyAction}
          maySwitch={hasRole(administrator, 'operator')}
          mayServe={hasRole(administrator, 'admin')}
          isExpected
        />
      ) : null}
      {answer === 'too-slow' ? (
        <SlowSearch advice="Choose an action or fewer days, or search for more of the name." />
      ) : null}
      {found ? (
        <section aria-label="Events" className="panel">
          <AuditTable events={found.rows} filtered={Object.values(filters).some(Boolean)} />
          {found.rows.length > 0 ? (
            <Pagination
              {...found}
              at={at}
              nouns={nouns}
              href={(to) => listPath('/audit', { ...filters, ...to })}
            />
          ) : null}
        </section>
      ) : null}
    </>
  );
}
