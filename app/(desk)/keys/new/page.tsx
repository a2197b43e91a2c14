import type { Metadata } from 'next';
import { v4 as uuid } from 'uuid';
import { z } from 'zod';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { isRevealOn } from '@/lib/keys/sealed-secrets';
import { choiceParam, type RawParams, searchParam } from '@/lib/list-params';
import { sameSitePath } from '@/lib/same-site-path';
import { createKeyAction } from '../actions';
import { KeyForm } from './key-form';

export const metadata: Metadata = { title: 'Add New API Key' };

/** What a link, or a form interrupted by a sign-in, may have filled in already. */
const prefill = z.object({
  user: searchParam,
  name: searchParam,
  active: choiceParam(['yes', 'no']),
  scopes: searchParam,
  expires: searchParam,
  revealable: choiceParam(['yes']),
});

export default async function NewKeyPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  await requireAdministrator('operator');
  const params = await searchParams;
  return (
    <div className="grid max-w-xl gap-4">
      <h1 className="text-xl font-semibold">Add New API Key</h1>
      <KeyForm
        action={createKeyAction}
        requestId={uuid()}
        initial={prefill.parse(params)}
        revealOn={isRevealOn()}
        back={sameSitePath(params.back, '/keys')}
      />
    </div>
  );
}
