import type { Metadata } from 'next';
import { PageHead } from '@/components/page-head';
import { Pagination } from '@/components/pagination';
import { SlowSearch } from '@/components/slow-search';
import { UsernameSearch } from '@/components/username-search';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { searchTooLong } from '@/lib/lists/list-labels';
import { foundText, isSearchTooLong, type RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { userListParams } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { identifyKeyAction } from '../keys/identify/actions';
import { IdentifyDesk } from '../keys/identify/identify-desk';
import { WholeKeyOffer } from '../keys/identify/whole-key-offer';
import { TwinsNotice } from './twins-notice';
import { UserLinks } from './user-links';
import { UserNotices } from './user-notices';
import { UserTable } from './user-table';
import { usersLabels as labels } from './users-labels';

export const metadata: Metadata = { title: labels.title };

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
  const { username, status, kind } = filters;
  return (
    <>
      <PageHead title={labels.title}>
        <UserLinks
          exportPath={
            found?.rows.length ? listPath('/users/export', { username, status, kind }) : null
          }
          back={here}
          mayChange={mayChange}
        />
      </PageHead>
      <UsernameSearch
        path="/users"
        statuses={labels.statuses}
        kinds={labels.kinds}
        params={filters}
        summary={foundText(found, labels.nouns)}
        hint={labels.searched}
        error={tooLong ? searchTooLong : undefined}
        keyOffer={<WholeKeyOffer action={identifyKeyAction} only={wholeKey && 'with JavaScript'} />}
      />
      {wholeKey ? <IdentifyDesk administrator={administrator} isExpected /> : null}
      <TwinsNotice administrator={administrator} />
      <UserNotices administrator={administrator} happened={{ added, deleted, imported }} />
      {answer === 'too-slow' ? <SlowSearch advice={labels.slowAdvice} /> : null}
      {found ? (
        <section aria-label={labels.directory} id="report" tabIndex={-1} className="panel">
          <UserTable found={found} filters={filters} back={here} administrator={administrator} />
          {found.rows.length > 0 ? (
            <Pagination
              {...found}
              at={at}
              nouns={labels.nouns}
              href={(to) => listPath('/users', { ...filters, ...to })}
            />
          ) : null}
        </section>
      ) : null}
    </>
  );
}
