import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Notice } from '@/components/notice';
import { Pagination } from '@/components/pagination';
import { SlowSearch } from '@/components/slow-search';
import { UsernameSearch } from '@/components/username-search';
import { hasRole } from '@/lib/auth/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findDeletedKey } from '@/lib/keys/find-key';
import { expiringDays, keyListParams } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { isRevealOn } from '@/lib/keys/sealed-secrets';
import { foundText, isSearchTooLong, type RawParams, searchTooLong } from '@/lib/list-params';
import { listPath } from '@/lib/list-path';
import { orTooSlow } from '@/lib/paging/too-slow';
import { deleteKeyAction, regenerateKeyAction, switchKeyAction } from './actions';
import { startBulkAction } from './bulk/actions';
import { BulkBar } from './bulk-bar';
import { restoreKeyAction } from './deleted/actions';
import { RestoreForm } from './deleted/restore-form';
import { identifyKeyAction } from './identify/actions';
import { IdentifyBox } from './identify/identify-box';
import { WholeKeyOffer } from './identify/whole-key-offer';
import { KeyDesk } from './key-desk';
import { KeyTable } from './key-table';

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
  const { deleted, wholeKey, page, at, count, ...filters } = keyListParams.parse(
    await searchParams,
  );
  const tooLong = isSearchTooLong(filters.username);
  const asked = { ...filters, page, at, count };
  const answer = tooLong ? null : await orTooSlow(searchKeys(administrator, asked));
  const found = answer === 'too-slow' ? null : answer;
  const gone = deleted ? await findDeletedKey(administrator, deleted) : null;
  const here = listPath('/keys', {
    ...filters,
    ...(found && found.page > 1 ? { page: found.page, at } : {}),
  });
  const filter = { username: filters.username, status: filters.status };
  const mayChange = hasRole(administrator, 'operator');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-2xl font-semibold">API keys</h1>
        <div className="flex flex-wrap gap-2">
          {found ? (
            <a href={listPath('/keys/export', filter)} className={buttonClass()}>
              Export CSV
            </a>
          ) : null}
          {mayChange ? (
            <Link
              prefetch={false}
              href={listPath('/keys/import', { back: here })}
              className={buttonClass()}
            >
              Import CSV
            </Link>
          ) : null}
          {mayChange ? (
            <Link
              prefetch={false}
              href={listPath('/keys/new', { back: here })}
              className={buttonClass('primary')}
            >
              Add New API Key
            </Link>
          ) : null}
        </div>
      </div>
      <UsernameSearch
        path="/keys"
        statuses={statuses}
        params={filters}
        summary={foundText(found, nouns)}
        error={tooLong ? searchTooLong : undefined}
        keyOffer={<WholeKeyOffer action={identifyKeyAction} only={wholeKey && 'with JavaScript'} />}
      />
      <IdentifyBox
        action={identifyKeyAction}
        switchAction={switchKeyAction}
        maySwitch={mayChange}
        isExpected={wholeKey !== undefined}
      />
      {gone ? (
        <Notice look="good">
          API key {gone.hint} of {gone.username} was deleted. It is refused from now on.{' '}
          {mayChange && deleted ? (
            <RestoreForm action={restoreKeyAction} id={deleted} text="Undo" />
          ) : null}
        </Notice>
      ) : null}
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
          <section aria-label="Report" className="rounded-lg border border-line bg-surface">
            <KeyTable
              found={found}
              filters={filters}
              back={here}
              mayChange={mayChange}
              mayReveal={isRevealOn() && hasRole(administrator, 'admin')}
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
