import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Pagination } from '@/components/pagination';
import { UsernameSearch } from '@/components/username-search';
import { hasRole } from '@/lib/auth/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { isSearchTooLong, listPath, type RawParams, searchTooLong } from '@/lib/list-params';
import { userListParams } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { UserNotices } from './user-notices';
import { UserTable } from './user-table';

export const metadata: Metadata = { title: 'Users' };

const statuses = [
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Disabled' },
];

export default async function UsersPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer');
  const { added, deleted, imported, ...params } = userListParams.parse(await searchParams);
  const tooLong = isSearchTooLong(params.username);
  const found = tooLong ? null : await searchUsers(administrator, params);
  const here = listPath('/users', { ...params, page: found?.page === 1 ? undefined : found?.page });
  const mayChange = hasRole(administrator, 'operator');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1 className="text-xl font-semibold">Users</h1>
        {mayChange ? <AddLinks back={here} /> : null}
      </div>
      <UserNotices administrator={administrator} happened={{ added, deleted, imported }} />
      <UsernameSearch
        key={here}
        path="/users"
        statuses={statuses}
        params={params}
        error={tooLong ? searchTooLong : undefined}
      />
      {found ? (
        <section aria-label="Directory" className="rounded-lg border border-line bg-surface">
          <UserTable found={found} params={params} back={here} administrator={administrator} />
          {found.total > 0 ? (
            <Pagination
              page={found.page}
              pages={found.pages}
              total={found.total}
              noun={found.total === 1 ? 'user' : 'users'}
              href={(page) => listPath('/users', { ...params, page })}
            />
          ) : null}
        </section>
      ) : null}
    </>
  );
}

function AddLinks({ back }: { back: string }) {
  return (
    <div className="flex flex-wrap gap-2">
      <Link prefetch={false} href={listPath('/users/import', { back })} className={buttonClass()}>
        Import CSV
      </Link>
      <Link
        prefetch={false}
        href={listPath('/users/new', { back })}
        className={buttonClass('primary')}
      >
        Add User
      </Link>
    </div>
  );
}
