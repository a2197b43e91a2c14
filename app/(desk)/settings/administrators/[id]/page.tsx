import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { Notice } from '@/components/notice';
import { Phrase } from '@/components/phrase';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { listAdministrators } from '@/lib/auth/list-administrators';
import type { RawParams } from '@/lib/lists/list-params';
import { ProofNotice } from '../../proof-notice';
import { SettingsPage } from '../../settings-page';
import { changeRoleAction, handOutPasswordAction, setActiveAction } from '../actions';
import { administratorLabels } from '../administrator-labels';
import { AdministratorFacts } from './administrator-facts';
import { HandOutForm } from './hand-out-form';
import { RoleForm } from './role-form';
import { StatusForm } from './status-form';

export const metadata: Metadata = { title: administratorLabels.pageTitle };

type Props = { params: Promise<{ id: string }>; searchParams: Promise<RawParams> };

export default async function AdministratorPage({ params, searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const { id } = await params;
  const listed = (await listAdministrators(administrator)).find((row) => row.id === id);
  if (!listed) notFound();
  const title = (
    <Phrase text={administratorLabels.title}>
      <bdi>{listed.username}</bdi>
    </Phrase>
  );
  const here = `/settings/administrators/${id}`;
  return (
    <SettingsPage administrator={administrator} at="administrators" title={title}>
      <div className="grid max-w-xl gap-4">
        <AdministratorFacts administrator={listed} />
        {listed.id === administrator.id ? (
          <Notice look="warn">{administratorLabels.thisIsYou}</Notice>
        ) : (
          <>
            <ProofNotice administrator={administrator} here={here} params={await searchParams} />
            <RoleForm action={changeRoleAction} id={id} role={listed.role} />
            <HandOutForm
              action={handOutPasswordAction}
              id={id}
              hasSecondFactor={listed.hasSecondFactor}
            />
            <StatusForm action={setActiveAction} id={id} active={listed.active} />
          </>
        )}
      </div>
    </SettingsPage>
  );
}
