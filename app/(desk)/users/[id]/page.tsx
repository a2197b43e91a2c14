import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { PageHead } from '@/components/page-head';
import { hasRole } from '@/lib/access/administrator';
import { listEventsOf } from '@/lib/audit/audit-search';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { keyListParams } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { mayChangeKeysOf } from '@/lib/keys/reserved-scopes';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { mayChangeUser, mayRemoveUser } from '@/lib/users/administrator-rules';
import { findUser } from '@/lib/users/find-user';
import { listServicesOf } from '@/lib/users/responsible';
import { changeUserAction } from '../actions';
import { userLabels as labels } from '../user-labels';
import { UserFacts } from './user-facts';
import { UserForm } from './user-form';
import { UserHistory } from './user-history';
import { UserKeys } from './user-keys';

export const metadata: Metadata = { title: labels.page };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function UserPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('viewer');
  const { id } = await params;
  const user = z.uuid().safeParse(id).success ? await findUser(administrator, id) : null;
  if (!user) notFound();
  const events = await listEventsOf(administrator, id);
  const owned = keyListParams.parse({ owner: id });
  const found = await orTooSlow(searchKeys(administrator, owned));
  const back = safeRedirect((await searchParams).back, '/users');
  const works = hasRole(administrator, 'operator');
  const mayChange = mayChangeUser(administrator, user);
  const mayRemove =
    mayRemoveUser(administrator, user) && (await mayChangeKeysOf(administrator, id));
  const services = await listServicesOf(administrator, id);
  const { username, displayName, email, kind } = user;
  const responsible = user.responsible ?? '';
  const active = user.active ? 'yes' : 'no';
  const initial = { username, displayName, email, kind, responsible, active } as const;
  return (
    <>
      <PageHead title={<bdi>{username}</bdi>} trail={[{ text: labels.list, href: back }]}>
        {mayRemove ? (
          <BackButton to={listPath(`/users/${id}/delete`, { back })} look="danger">
            {labels.delete}
          </BackButton>
        ) : null}
      </PageHead>
      {works && !mayChange ? <Notice look="warn">{labels.adminsOnly}</Notice> : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {mayChange ? (
          <UserForm
            action={changeUserAction}
            id={id}
            initial={initial}
            maySwitch={mayRemove}
            back={back}
          />
        ) : null}
        <UserFacts
          user={user}
          services={services}
          hasForm={mayChange}
          mayChange={works}
          mayDecide={mayRemove}
        />
      </div>
      <UserKeys ownerId={id} rows={found === 'too-slow' ? [] : found.rows} total={user.keys} />
      <UserHistory id={id} events={events} />
    </>
  );
}
