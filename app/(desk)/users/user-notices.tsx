import Link from 'next/link';
import { Notice } from '@/components/notice';
import type { Administrator } from '@/lib/access/administrator';
import { listPath } from '@/lib/lists/list-path';
import { findDeletedUser, findUser } from '@/lib/users/find-user';
import { findImport } from '@/lib/users/import/import-users';
import { usersLabels as labels } from './users-labels';

type Happened = Partial<Record<'added' | 'deleted' | 'imported', string>>;

/** What was just done. The address only names records; what is said of them the database says. */
export async function UserNotices({
  administrator,
  happened,
}: {
  administrator: Administrator;
  happened: Happened;
}) {
  const { added, deleted, imported } = happened;
  const user = added ? await findUser(administrator, added) : null;
  const former = deleted ? await findDeletedUser(administrator, deleted) : null;
  const many = imported ? await findImport(administrator, imported) : null;
  return (
    <>
      {user ? (
        <Notice look="good">
          {labels.added(user.username)}{' '}
          {user.active ? (
            <Link
              prefetch={false}
              href={listPath('/keys/new', { user: user.username, back: '/users' })}
              className="underline"
            >
              {labels.addKeyFor(user.username)}
            </Link>
          ) : null}
        </Notice>
      ) : null}
      {former ? <Notice look="good">{labels.deleted(former.username, former.keys)}</Notice> : null}
      {many ? <Notice look="good">{labels.imported(many.users)}</Notice> : null}
    </>
  );
}
