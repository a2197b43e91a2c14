import type { Metadata } from 'next';
import { v4 as uuid } from 'uuid';
import { PageHead } from '@/components/page-head';
import { TitledSection } from '@/components/titled-section';
import { hasRole } from '@/lib/access/administrator';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { listServiceKeys } from '@/lib/keys/list-service-keys';
import { findNewKeyDefaults } from '@/lib/keys/policy/key-policy';
import { policyValues } from '@/lib/keys/policy/policy-values';
import { verifyAddresses } from '@/lib/settings/verify-address';
import { addServiceKeyAction } from './actions';
import { HowServicesAsk } from './how-services-ask';
import { ServiceKeyForm } from './service-key-form';
import { ServiceKeyTable } from './service-key-table';
import { serviceKeysLabels } from './service-keys-labels';

export const metadata: Metadata = { title: serviceKeysLabels.title };

export default async function ServiceKeysPage() {
  const administrator = await requireAdministrator('viewer');
  const { rows, isWhole } = await listServiceKeys(administrator);
  const { expires, lifetime } = policyValues(await findNewKeyDefaults());
  return (
    <>
      <PageHead
        title={serviceKeysLabels.title}
        trail={[{ text: serviceKeysLabels.settings, href: '/settings' }]}
      />
      <p className="max-w-2xl text-muted">{serviceKeysLabels.what}</p>
      {hasRole(administrator, 'admin') ? (
        <ServiceKeyForm
          action={addServiceKeyAction}
          requestId={uuid()}
          expires={expires}
          lifetime={lifetime}
        />
      ) : (
        <p>{serviceKeysLabels.onlyAdmins}</p>
      )}
      <TitledSection id="service-keys" title={serviceKeysLabels.list}>
        <ServiceKeyTable rows={rows} />
        {isWhole ? null : <p className="text-muted">{serviceKeysLabels.more}</p>}
      </TitledSection>
      <HowServicesAsk addresses={verifyAddresses()} />
    </>
  );
}
