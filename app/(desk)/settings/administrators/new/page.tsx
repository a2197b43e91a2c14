import type { Metadata } from 'next';
import { z } from 'zod';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { choiceParam, type RawParams, searchParam } from '@/lib/lists/list-params';
import { ProofNotice } from '../../proof-notice';
import { SettingsPage } from '../../settings-page';
import { addAdministratorAction } from '../actions';
import { administratorLabels } from '../administrator-labels';
import { AddAdministratorForm } from './add-administrator-form';

export const metadata: Metadata = { title: administratorLabels.addTitle };

/** What a link, or a form interrupted by a sign-in, may have filled in already. */
const prefill = z.object({
  username: searchParam,
  role: choiceParam(['viewer', 'operator', 'admin']),
});

type Props = { searchParams: Promise<RawParams> };

export default async function NewAdministratorPage({ searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const params = await searchParams;
  const { username, role = 'viewer' } = prefill.parse(params);
  return (
    <SettingsPage
      administrator={administrator}
      at="administrators"
      title={administratorLabels.addTitle}
    >
      <div className="grid max-w-xl gap-4">
        <ProofNotice
          administrator={administrator}
          here="/settings/administrators/new"
          params={params}
        />
        <AddAdministratorForm action={addAdministratorAction} initial={{ username, role }} />
      </div>
    </SettingsPage>
  );
}
