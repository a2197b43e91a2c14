import Link from 'next/link';
import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import { listPath } from '@/lib/lists/list-path';
import type { UserSummary } from '@/lib/users/find-user';
import { roleSentence } from '../../settings/administrators/role-labels';
import { UserBadges } from '../user-badges';
import { userLabels as labels } from '../user-labels';

type Props = {
  user: UserSummary;
  /** Whether a form beside shows name and address. */
  hasForm: boolean;
  mayChange: boolean;
  /** Whether they may be disabled, and what happens to their keys decided. */
  mayDecide: boolean;
};

export function UserFacts({ user, hasForm, mayChange, mayDecide }: Props) {
  const { id, username, displayName, email, active, keys, role } = user;
  return (
    <Facts>
      <Fact term={labels.status}>
        <UserBadges active={active} role={role} />
      </Fact>
      {hasForm ? null : (
        <>
          <Fact term={labels.displayName}>{displayName || labels.none}</Fact>
          <Fact term={labels.email}>{email || labels.none}</Fact>
        </>
      )}
      <Fact term={labels.keys}>
        <FactLink href={listPath('/keys', { owner: id })}>{labels.countKeys(keys)}</FactLink>
        {mayChange && active ? (
          <>
            {' · '}
            <FactLink href={listPath('/keys/new', { user: username, back: `/users/${id}` })}>
              {labels.addKey}
            </FactLink>
          </>
        ) : null}
        {mayDecide && !active && keys > 0 ? (
          <>
            {' · '}
            <FactLink href={`/users/${id}/disable`}>{labels.decide}</FactLink>
          </>
        ) : null}
      </Fact>
      <Fact term={labels.role}>{role ? roleSentence(role) : labels.noRole}</Fact>
      <Fact term={labels.created}>
        <Moment at={user.createdAt} />
      </Fact>
      <Fact term={labels.id}>
        <code>{id}</code>
      </Fact>
    </Facts>
  );
}

function FactLink({ href, children }: { href: string; children: string }) {
  return (
    <Link prefetch={false} href={href} className="text-accent underline">
      {children}
    </Link>
  );
}
