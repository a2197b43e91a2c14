import type { Metadata } from 'next';
import Link from 'next/link';
import { Notice } from '@/components/notice';
import { Pagination } from '@/components/pagination';
import { SlowSearch } from '@/components/slow-search';
import { UsernameSearch } from '@/components/username-search';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import {
  expiringDays,
  isFilterTooLong,
  keyFilterParams,
  keyListParams,
} from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { isRevealOn } from '@/lib/keys/secret/sealed-secrets';
import { foundText, type RawParams, searchTooLong } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { findOwnerName } from '@/lib/users/find-owner-name';
import { deleteKeyAction, regenerateKeyAction, switchKeyAction } from './actions';
import { startBulkAction } from './bulk/actions';
import { BulkBar } from './bulk-bar';
import { identifyKeyAction } from './identify/actions';
import { IdentifyBox } from './identify/identify-box';
import { WholeKeyOffer } from './identify/whole-key-offer';
import { ImportedNotice } from './import/imported-notice';
import { KeyDesk } from './key-desk';
import { KeyNotices } from './key-notices';
import { KeyTable } from './key-table';
import { ListFilter } from './list-filter';
import { OwnerFilter } from './owner-filter';
import { ReportLinks } from './report-links';

export const metadata: Metadata = { title: 'API keys' };

const nouns = ['key', 'keys'] as const;

const statuses = [
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
  { value: 'expired', label: 'Expired' },
  { value: 'expiring', label: `Expiring within ${expiringDays} days` },
];

export default async function KeysPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer');
  const raw = await searchParams;
  const { deleted, restored, imported, wholeKey, page, at, count, ...filters } =
    keyListParams.parse(raw);
  const tooLong = isFilterTooLong(filters);
  const asked = { ...filters, page, at, count };
  const answer = tooLong ? null : await orTooSlow(searchKeys(administrator, asked));
  const found = answer === 'too-slow' ? null : answer;
  const here = listPath('/keys', {
    ...filters,
    ...(found && found.page > 1 ? { page: found.page, at } : {}),
  });
  // The page that was asked for: the one that is shown may be another while a key is deleted.
  const askedList = listPath('/keys', { ...filters, ...(page > 1 || at ? { page, at } : {}) });
  const { owner } = filters;
  const ownerName = owner ? await findOwnerName(administrator, owner) : null;
  const mayChange = hasRole(administrator, 'operator');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1>API keys</h1>
        <ReportLinks
          exportPath={found ? listPath('/keys/export', keyFilterParams.parse(raw)) : null}
          back={here}
          mayChange={mayChange}
        />
      </div>
      <UsernameSearch
        path="/keys"
        statuses={statuses}
        params={filters}
        summary={foundText(found, nouns)}
        error={tooLong ? searchTooLong : undefined}
        keyOffer={<WholeKeyOffer action={identifyKeyAction} only={wholeKey && 'with JavaScript'} />}
      >
        {owner ? (
          <OwnerFilter
            username={ownerName}
            without={listPath('/keys', { ...filters, owner: undefined })}
          />
        ) : null}
        {filters.list ? (
          <ListFilter
            list={filters.list}
            without={listPath('/keys', { ...filters, list: undefined })}
          />
        ) : null}
      </UsernameSearch>
      {raw.owner && !owner ? (
        <Notice look="warn">
          The owner in this address is not the id of a user. The keys of all owners are listed.
        </Notice>
      ) : null}
      <IdentifyBox
        action={identifyKeyAction}
        switchAction={switchKeyAction}
        maySwitch={mayChange}
        mayServe={hasRole(administrator, 'admin')}
        isExpected={wholeKey !== undefined}
      />
      <KeyNotices administrator={administrator} happened={{ deleted, restored }} back={askedList} />
      {imported ? <ImportedNotice administrator={administrator} id={imported} /> : null}
      {answer === 'too-slow' ? (
        <SlowSearch advice="Search for more of the username, or leave out the status." />
      ) : null}
      {found ? (
        <KeyDesk
          regenerateAction={regenerateKeyAction}
          deleteAction={deleteKeyAction}
          switchAction={switchKeyAction}
          back={here}
        >
          <section aria-label="Report" className="panel">
            <KeyTable
              found={found}
              filters={filters}
              ownerName={ownerName}
              back={here}
              mayChange={mayChange}
              mayReveal={isRevealOn() && hasRole(administrator, 'admin')}
              mayServe={hasRole(administrator, 'admin')}
            />
            {found.rows.length > 0 && mayChange ? (
              <BulkBar key={here} action={startBulkAction} params={filters} />
            ) : null}
            {found.rows.length > 0 ? (
              <Pagination
                {...found}
                at={at}
                nouns={nouns}
                href={(to) => listPath('/keys', { ...filters, ...to })}
              />
            ) : null}
            <p className="px-3 pb-2 text-right">
              <Link prefetch={false} href="/keys/deleted" className="text-accent underline">
                Deleted API keys
              </Link>
            </p>
          </section>
        </KeyDesk>
      ) : null}
    </>
  );
}
