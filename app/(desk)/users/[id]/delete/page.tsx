import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { z } from 'zod';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import type { RawParams } from '@/lib/list-params';
import { sameSitePath } from '@/lib/same-site-path';
import { findUser } from '@/lib/users/find-user';
import { deleteUserAction } from '../../actions';
import { DeleteUserForm } from '../../delete-user-form';

export const metadata: Metadata = { title: 'Delete user' };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function DeleteUserPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('operator');
  const { id } = await params;
  if (!z.uuid().safeParse(id).success) notFound();
  const user = await findUser(administrator, id);
  const back = sameSitePath((await searchParams).back, '/users');
  return (
    <div className="grid max-w-xl justify-items-start gap-4">
      <h1 className="text-xl font-semibold">Do you want to delete this record?</h1>
      {user ? (
        <DeleteUserForm action={deleteUserAction} user={user} back={back} />
      ) : (
        <>
          <Notice look="warn">This record had already been deleted.</Notice>
          <BackButton to={back}>Close</BackButton>
        </>
      )}
    </div>
  );
}
