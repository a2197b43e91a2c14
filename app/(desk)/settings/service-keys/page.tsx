import type { Metadata } from 'next';
import { v4 as uuid } from 'uuid';
import { z } from 'zod';
import { TitledSection } from '@/components/titled-section';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { listServiceKeys } from '@/lib/keys/list-service-keys';
import { findNewKeyDefaults } from '@/lib/keys/policy/key-policy';
import { lifetimes } from '@/lib/keys/policy/policy-choices';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { choiceParam, type RawParams, searchParam } from '@/lib/lists/list-params';
import { verifyAddresses } from '@/lib/settings/verify-address';
import { ProofNotice } from '../proof-notice';
import { settingsPages } from '../settings-labels';
import { SettingsPage } from '../settings-page';
import { addServiceKeyAction } from './actions';
import { HowServicesAsk } from './how-services-ask';
import { ServiceKeyForm } from './service-key-form';
import { ServiceKeyTable } from './service-key-table';
import { serviceKeysLabels } from './service-keys-labels';

export const metadata: Metadata = { title: settingsPages.serviceKeys };

/** What a form interrupted by a sign-in or a proof has filled in already. */
const prefill = z.object({
  user: searchParam,
  name: searchParam,
  expires: searchParam,
  lifetime: choiceParam(lifetimes),
});

export default async function ServiceKeysPage({
  searchParams,
}: {
  searchParams: Promise<RawParams>;
}) {
  const administrator = await requireAdministrator('viewer');
  const params = await searchParams;
  const { rows, isWhole } = await listServiceKeys(administrator);
  const typed = prefill.parse(params);
  const begin = policyValues(await findNewKeyDefaults());
  const initial = {
    ...typed,
    expires: typed.expires || begin.expires,
    lifetime: typed.lifetime ?? begin.lifetime,
  };
  const list = (
    <TitledSection id="service-keys" title={serviceKeysLabels.list}>
      <ServiceKeyTable rows={rows} />
      {isWhole ? null : <p className="text-muted">{serviceKeysLabels.more}</p>}
    </TitledSection>
  );
  return (
    <SettingsPage administrator={administrator} at="serviceKeys">
      <p className="max-w-2xl text-muted">{serviceKeysLabels.what}</p>
      {rows.length > 0 ? list : null}
      {hasRole(administrator, 'admin') ? (
        <>
          <ProofNotice
            administrator={administrator}
            here="/settings/service-keys"
            params={params}
          />
          <ServiceKeyForm action={addServiceKeyAction} requestId={uuid()} initial={initial} />
        </>
      ) : (
        <p>{serviceKeysLabels.onlyAdmins}</p>
      )}
      {rows.length > 0 ? null : list}
      <HowServicesAsk addresses={verifyAddresses()} />
    </SettingsPage>
  );
}
