import Link from 'next/link';
import { Notice } from '@/components/notice';
import type { Administrator } from '@/lib/access/administrator';
import { listPath } from '@/lib/lists/list-path';
import { findDeletedUser, findUser } from '@/lib/users/find-user';
import { findImport } from '@/lib/users/import/import-users';

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
          User {user.username} was added.{' '}
          {user.active ? (
            <Link
              prefetch={false}
              href={listPath('/keys/new', { user: user.username, back: '/users' })}
              className="underline"
            >
              Add an API key for {user.username}
            </Link>
          ) : null}
        </Notice>
      ) : null}
      {former ? <Notice look="good">{deletedText(former)}</Notice> : null}
      {many ? (
        <Notice look="good">
          {many.users.toLocaleString('en')} {many.users === 1 ? 'user was' : 'users were'} imported.
        </Notice>
      ) : null}
    </>
  );
}

function deletedText({ username, keys }: { username: string; keys: number }): string {
  if (keys === 0) return `User ${username} was deleted.`;
  const what = keys === 1 ? '1 key' : `${keys} keys`;
  return `User ${username} was deleted, and with them ${what}, refused from now on.`;
}
