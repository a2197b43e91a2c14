import Link from 'next/link';
import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import { listPath } from '@/lib/lists/list-path';
import type { UserSummary } from '@/lib/users/find-user';
import { UserBadges } from '../user-badges';

type Props = { user: UserSummary; mayChange: boolean };

export function UserFacts({ user, mayChange }: Props) {
  const { username } = user;
  return (
    <Facts>
      <Fact term="Status">
        <UserBadges active={user.active} role={user.role} />
      </Fact>
      <Fact term="Display name">{user.displayName || '–'}</Fact>
      <Fact term="Email">{user.email || '–'}</Fact>
      <Fact term="Keys">
        <Link
          prefetch={false}
          href={listPath('/keys', { owner: user.id })}
          className="text-accent underline"
        >
          {user.keys === 1 ? '1 key' : `${user.keys} keys`}
        </Link>
        {mayChange && user.active ? (
          <>
            {' · '}
            <Link
              prefetch={false}
              href={listPath('/keys/new', { user: username, back: `/users/${user.id}` })}
              className="text-accent underline"
            >
              Add an API key
            </Link>
          </>
        ) : null}
        {mayChange && !user.active && user.keys > 0 ? (
          <>
            {' · '}
            <Link
              prefetch={false}
              href={`/users/${user.id}/disable`}
              className="text-accent underline"
            >
              Decide what becomes of them
            </Link>
          </>
        ) : null}
      </Fact>
      <Fact term="Role">{user.role ?? 'None: owns keys, does not sign in'}</Fact>
      <Fact term="Created">
        <Moment at={user.createdAt} />
      </Fact>
      <Fact term="Id">
        <code>{user.id}</code>
      </Fact>
    </Facts>
  );
}
