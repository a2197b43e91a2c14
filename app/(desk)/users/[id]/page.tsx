import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { hasRole } from '@/lib/access/administrator';
import { listEventsOf } from '@/lib/audit/audit-search';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { keyListParams } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import type { RawParams } from '@/lib/lists/list-params';
import { listPath } from '@/lib/lists/list-path';
import { orTooSlow } from '@/lib/lists/too-slow';
import { refuseChange } from '@/lib/users/administrator-rules';
import { findUser } from '@/lib/users/find-user';
import { changeUserAction } from '../actions';
import { UserFacts } from './user-facts';
import { UserForm } from './user-form';
import { UserHistory } from './user-history';
import { UserKeys } from './user-keys';

export const metadata: Metadata = { title: 'User' };

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
  const mayChange = works && refuseChange(administrator, user) === null;
  const { username, displayName, email } = user;
  const initial = { username, displayName, email, active: user.active ? 'yes' : 'no' } as const;
  return (
    <>
      <div className="flex flex-wrap items-center justify-between gap-3">
        <h1>
          <bdi>{username}</bdi>
        </h1>
        {mayChange ? (
          <BackButton to={listPath(`/users/${id}/delete`, { back })} look="danger">
            Delete
          </BackButton>
        ) : null}
      </div>
      {works && !mayChange ? (
        <Notice look="warn">Only an admin can change or delete an administrator.</Notice>
      ) : null}
      <div className="grid items-start gap-4 lg:grid-cols-2">
        {mayChange ? (
          <UserForm action={changeUserAction} id={id} initial={initial} back={back} />
        ) : null}
        <UserFacts user={user} mayChange={works} />
      </div>
      <UserKeys ownerId={id} rows={found === 'too-slow' ? [] : found.rows} total={user.keys} />
      <UserHistory username={username} events={events} />
    </>
  );
}
