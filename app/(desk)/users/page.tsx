import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/components/button';
import { Pagination } from '@/components/pagination';
import { SlowSearch } from '@/components/slow-search';
import { UsernameSearch } from '@/components/username-search';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { foundText, isSearchTooLong, type RawParams, searchTooLong } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { userListParams } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { switchKeyAction } from '../keys/actions';
import { identifyKeyAction } from '../keys/identify/actions';
import { IdentifyBox } from '../keys/identify/identify-box';
import { WholeKeyOffer } from '../keys/identify/whole-key-offer';
import { TwinsNotice } from './twins-notice';
import { UserNotices } from './user-notices';
import { UserTable } from './user-table';

export const metadata: Metadata = { title: 'Users' };

const nouns = ['user', 'users'] as const;

const statuses = [
  { value: 'active', label: 'Active' },
  { value: 'disabled', label: 'Disabled' },
];

export default async function UsersPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  const administrator = await requireAdministrator('viewer');
  const { added, deleted, imported, wholeKey, page, at, count, ...filters } = userListParams.parse(
    await searchParams,
  );
  const tooLong = isSearchTooLong(filters.username);
  const asked = { ...filters, page, at, count };
  const answer = tooLong ? null : await orTooSlow(searchUsers(administrator, asked));
  const found = answer === 'too-slow' ? null : answer;
  const here = listPath('/users', {
    ...filters,
    ...(found && found.page > 1 ? { page: found.page, at } : {}),
  });
  const mayChange = hasRole(administrator, 'operator');
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1>Users</h1>
        {mayChange ? <AddLinks back={here} /> : null}
      </div>
      <UsernameSearch
        path="/users"
        statuses={statuses}
        params={filters}
        summary={foundText(found, nouns)}
        error={tooLong ? searchTooLong : undefined}
        keyOffer={<WholeKeyOffer action={identifyKeyAction} only={wholeKey && 'with JavaScript'} />}
      />
      {wholeKey ? (
        <IdentifyBox
          action={identifyKeyAction}
          switchAction={switchKeyAction}
          maySwitch={mayChange}
          mayServe={hasRole(administrator, 'admin')}
          isExpected
        />
      ) : null}
      <TwinsNotice administrator={administrator} />
      <UserNotices administrator={administrator} happened={{ added, deleted, imported }} />
      {answer === 'too-slow' ? (
        <SlowSearch advice="Search for more of the username, or leave out the status." />
      ) : null}
      {found ? (
        <section aria-label="Directory" className="panel">
          <UserTable found={found} filters={filters} back={here} administrator={administrator} />
          {found.rows.length > 0 ? (
            <Pagination
              {...found}
              at={at}
              nouns={nouns}
              href={(to) => listPath('/users', { ...filters, ...to })}
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
