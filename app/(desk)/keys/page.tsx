import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Notice } from '@/components/notice';
import { Pagination } from '@/components/pagination';
import { UsernameSearch } from '@/components/username-search';
import { hasRole } from '@/lib/auth/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { findDeletedKey } from '@/lib/keys/find-key';
import { keyListParams } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { isRevealOn } from '@/lib/keys/sealed-secrets';
import { isSearchTooLong, listPath, type RawParams, searchTooLong } from '@/lib/list-params';
import { deleteKeyAction, regenerateKeyAction, switchKeyAction } from './actions';
import { startBulkAction } from './bulk/actions';
import { BulkBar } from './bulk-bar';
import { restoreKeyAction } from './deleted/actions';
import { RestoreForm } from './deleted/restore-form';
import { identifyKeyAction } from './identify/actions';
import { IdentifyBox } from './identify/identify-box';
import { KeyDesk } from './key-desk';
import { KeyTable } from './key-table';

export const metadata: Metadata = { title: 'API keys' };

const statuses = [
  { value: 'active', label: 'Active' },
  { value: 'inactive', label: 'Inactive' },
  { value: 'expired', label: 'Expired' },
];

export default async function KeysPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer');
  const { deleted, ...params } = keyListParams.parse(await searchParams);
  const tooLong = isSearchTooLong(params.username);
  const found = tooLong ? null : await searchKeys(administrator, params);
  const gone = deleted ? await findDeletedKey(administrator, deleted) : null;
  const here = listPath('/keys', { ...params, page: found?.page === 1 ? undefined : found?.page });
  const filter = { username: params.username, status: params.status };
  const mayChange = hasRole(administrator, 'operator');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold">API keys</h1>
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
      {gone ? (
        <Notice look="good">
          API key {gone.hint} of {gone.username} was deleted. It is refused from now on.{' '}
          {mayChange && deleted ? (
            <RestoreForm action={restoreKeyAction} id={deleted} text="Undo" />
          ) : null}
        </Notice>
      ) : null}
      <UsernameSearch
        key={here}
        path="/keys"
        statuses={statuses}
        params={params}
        error={tooLong ? searchTooLong : undefined}
      />
      <IdentifyBox
        action={identifyKeyAction}
        switchAction={mayChange ? switchKeyAction : undefined}
      />
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
              params={params}
              back={here}
              mayChange={mayChange}
              mayReveal={isRevealOn() && hasRole(administrator, 'admin')}
            />
            {found.total > 0 && mayChange ? (
              <BulkBar key={here} action={startBulkAction} params={params} />
            ) : null}
            {found.total > 0 ? (
              <Pagination
                page={found.page}
                pages={found.pages}
                total={found.total}
                noun={found.total === 1 ? 'key' : 'keys'}
                href={(page) => listPath('/keys', { ...params, page })}
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
