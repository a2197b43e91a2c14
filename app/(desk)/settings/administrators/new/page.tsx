import type { Metadata } from 'next';
import { z } from 'zod';
import { requireReauthenticatedAdministrator } from '@/lib/auth/current-administrator';
import { choiceParam, type RawParams, searchParam } from '@/lib/lists/list-params';
import { addAdministratorAction } from '../actions';
import { AddAdministratorForm } from './add-administrator-form';

export const metadata: Metadata = { title: 'Add Administrator' };

/** What a link, or a form interrupted by a sign-in, may have filled in already. */
const prefill = z.object({
  username: searchParam,
  role: choiceParam(['viewer', 'operator', 'admin']),
});

type Props = { searchParams: Promise<RawParams> };

export default async function NewAdministratorPage({ searchParams }: Props) {
  await requireReauthenticatedAdministrator('admin');
  const { username, role = 'viewer' } = prefill.parse(await searchParams);
  return (
    <div className="grid max-w-xl gap-4">
      <h1>Add Administrator</h1>
      <AddAdministratorForm action={addAdministratorAction} initial={{ username, role }} />
    </div>
  );
}
