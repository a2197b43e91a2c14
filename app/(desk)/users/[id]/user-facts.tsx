import Link from 'next/link';
import type { ReactNode } from 'react';
import { Fact, Facts } from '@/components/fact';
import { Moment } from '@/components/moment';
import { listPath } from '@/lib/lists/list-path';
import type { UserSummary } from '@/lib/users/find-user';
import type { AnsweredFor } from '@/lib/users/responsible';
import { roleSentence } from '../../settings/administrators/role-labels';
import { UserBadges } from '../user-badges';
import { userLabels as labels } from '../user-labels';

type Props = {
  user: UserSummary;
  /** For which services they answer. */
  services: { named: AnsweredFor[]; total: number };
  /** Whether a form beside shows name and address. */
  hasForm: boolean;
  mayChange: boolean;
  /** Whether they may be disabled, and what happens to their keys decided. */
  mayDecide: boolean;
};

export function UserFacts({ user, services, hasForm, mayChange, mayDecide }: Props) {
  const { id, username, displayName, email, active, keys, role, kind } = user;
  return (
    <Facts>
      <Fact term={labels.status}>
        <UserBadges {...user} />
      </Fact>
      {hasForm ? null : (
        <>
          <Fact term={labels.displayName}>{displayName || labels.none}</Fact>
          <Fact term={labels.email}>{email || labels.none}</Fact>
          <Fact term={labels.kind}>{labels.kinds[kind]}</Fact>
        </>
      )}
      {kind === 'service' ? (
        <Fact term={labels.responsible}>
          {user.responsibleId ? (
            <FactLink href={`/users/${user.responsibleId}`}>
              <bdi>{user.responsible}</bdi>
            </FactLink>
          ) : (
            labels.none
          )}
        </Fact>
      ) : null}
      {services.total > 0 ? (
        <Fact term={labels.answersFor}>
          <ServiceLinks {...services} />
        </Fact>
      ) : null}
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

function ServiceLinks({ named, total }: Props['services']) {
  return (
    <>
      {named.map(({ id, username }, at) => (
        <span key={id}>
          {at > 0 ? ', ' : null}
          <FactLink href={`/users/${id}`}>
            <bdi>{username}</bdi>
          </FactLink>
        </span>
      ))}
      {total > named.length ? ` ${labels.moreServices(total - named.length)}` : null}
    </>
  );
}

function FactLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <Link prefetch={false} href={href} className="text-accent underline">
      {children}
    </Link>
  );
}
