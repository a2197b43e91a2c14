import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { mayChangeKeysOf } from '@/lib/keys/reserved-scopes';
import { findUser } from '@/lib/users/find-user';
import { listKeysOf } from '@/lib/users/list-keys-of';
import { AdminsKeys } from '../admins-keys';
import { LeavingKeys } from '../leaving-keys';
import { disableUserAction } from './actions';
import { DisableUserForm } from './disable-user-form';

export const metadata: Metadata = { title: 'Disable user' };

/** Asked before somebody with keys is disabled, and of those who are disabled and still have some. */
export default async function DisableUserPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  const user = z.uuid().safeParse(id).success ? await findUser(administrator, id) : null;
  if (!user) notFound();
  const rows = await listKeysOf(administrator, id);
  const mayDecide = await mayChangeKeysOf(administrator, id);
  const back = `/users/${id}`;
  return (
    <div className="grid max-w-4xl gap-4">
      <h1>
        {user.active ? 'Disable ' : 'What becomes of the keys of '}
        <bdi>{user.username}</bdi>?
      </h1>
      {user.active ? (
        <p>
          Whoever is disabled is signed out at once, and callers with their keys are refused.
          {user.keys > 0 ? ' First decide what becomes of the keys.' : ''}
        </p>
      ) : null}
      {mayDecide ? (
        <DisableUserForm action={disableUserAction} id={id} keys={user.keys} back={back}>
          <LeavingKeys ownerId={id} rows={rows} total={user.keys} />
        </DisableUserForm>
      ) : (
        <AdminsKeys back={back}>
          <LeavingKeys ownerId={id} rows={rows} total={user.keys} />
        </AdminsKeys>
      )}
    </div>
  );
}
