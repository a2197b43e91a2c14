import type { Metadata } from 'next';
import { v7 as uuidv7 } from 'uuid';
import { z } from 'zod';
import { PageHead } from '@/components/page-head';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { choiceParam, type RawParams, searchParam } from '@/lib/lists/list-params';
import { kinds } from '@/lib/users/kinds';
import { createUserAction } from '../actions';
import { userLabels } from '../user-labels';
import { NewUserForm } from './new-user-form';

export const metadata: Metadata = { title: userLabels.add };

/** What a link, or a form interrupted by a sign-in, may have filled in already. */
const prefill = z.object({
  username: searchParam,
  displayName: searchParam,
  email: searchParam,
  kind: choiceParam(kinds).transform((kind) => kind ?? 'person'),
  responsible: searchParam,
  active: choiceParam(['yes', 'no']).transform((answer) => answer ?? 'yes'),
});

export default async function NewUserPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  await requireAdministrator('operator');
  const params = await searchParams;
  const back = safeRedirect(params.back, '/users');
  return (
    <div className="grid max-w-xl gap-4">
      <PageHead title={userLabels.add} trail={[{ text: userLabels.list, href: back }]} />
      <NewUserForm
        action={createUserAction}
        id={uuidv7()}
        initial={prefill.parse(params)}
        back={back}
      />
    </div>
  );
}
