import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { BackButton } from '@/components/back-button';
import { Notice } from '@/components/notice';
import { requireReauthenticatedAdministrator } from '@/lib/auth/current-administrator';
import { listAdministrators } from '@/lib/auth/list-administrators';
import { changeRoleAction, handOutPasswordAction, setActiveAction } from '../actions';
import { AdministratorFacts } from './administrator-facts';
import { HandOutForm } from './hand-out-form';
import { RoleForm } from './role-form';
import { StatusForm } from './status-form';

export const metadata: Metadata = { title: 'Administrator' };

export default async function AdministratorPage({ params }: { params: Promise<{ id: string }> }) {
  const administrator = await requireReauthenticatedAdministrator('admin');
  const { id } = await params;
  const listed = (await listAdministrators(administrator)).find((row) => row.id === id);
  if (!listed) notFound();
  return (
    <div className="grid max-w-xl gap-4">
      <h1>
        Administrator <bdi>{listed.username}</bdi>
      </h1>
      <AdministratorFacts administrator={listed} />
      {listed.id === administrator.id ? (
        <Notice look="warn">
          This is you. Another admin has to change your role or disable you; your password is yours
          to change under Settings.
        </Notice>
      ) : (
        <>
          <RoleForm action={changeRoleAction} id={id} role={listed.role} />
          <HandOutForm
            action={handOutPasswordAction}
            id={id}
            hasSecondFactor={listed.hasSecondFactor}
          />
          <StatusForm action={setActiveAction} id={id} active={listed.active} />
        </>
      )}
      <div>
        <BackButton to="/settings">Back to Settings</BackButton>
      </div>
    </div>
  );
}
