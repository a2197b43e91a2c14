import type { Metadata } from 'next';
import { v4 as uuid } from 'uuid';
import { z } from 'zod';
import { PageHead } from '@/components/page-head';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { safeRedirect } from '@/lib/forms/safe-redirect';
import { findNewKeyDefaults } from '@/lib/keys/policy/key-policy';
import { lifetimes, rateWindows } from '@/lib/keys/policy/policy-choices';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { isRevealOn } from '@/lib/keys/secret/sealed-secrets';
import { choiceParam, type RawParams, searchParam } from '@/lib/lists/list-params';
import { UnsentNotice } from '../../unsent-notice';
import { anyDeliveryChoices } from '../delivery-choices';
import { identifyKeyAction } from '../identify/actions';
import { WholeKeyOffer } from '../identify/whole-key-offer';
import { createKeyAction } from './actions';
import { addKeyLabels } from './add-key-labels';
import { KeyForm } from './key-form';

export const metadata: Metadata = { title: addKeyLabels.title };

/** What a link, or a form interrupted by a sign-in, may have filled in already. */
const prefill = z.object({
  user: searchParam,
  name: searchParam,
  active: choiceParam(['yes', 'no']),
  revealable: choiceParam(['yes']),
});

const prefilledPolicy = z.object({
  scopes: searchParam,
  expires: searchParam,
  lifetime: choiceParam(lifetimes),
  allowedAddresses: searchParam,
  rateLimit: searchParam,
  rateWindow: choiceParam(rateWindows),
  metadata: searchParam,
});

export default async function NewKeyPage({ searchParams }: { searchParams: Promise<RawParams> }) {
  await requireAdministrator('operator');
  const params = await searchParams;
  const empty = policyValues(await findNewKeyDefaults());
  const given = Object.entries(prefilledPolicy.parse(params)).filter(([, value]) => value);
  const back = safeRedirect(params.back, '/keys');
  return (
    <>
      <PageHead title={addKeyLabels.title} trail={[{ text: addKeyLabels.list, href: back }]} />
      <UnsentNotice params={params} />
      <KeyForm
        action={createKeyAction}
        requestId={uuid()}
        initial={{ ...empty, ...Object.fromEntries(given), ...prefill.parse(params) }}
        empty={empty}
        revealOn={isRevealOn()}
        can={await anyDeliveryChoices()}
        keyOffer={<WholeKeyOffer action={identifyKeyAction} only="with JavaScript" />}
        back={back}
      />
    </>
  );
}
