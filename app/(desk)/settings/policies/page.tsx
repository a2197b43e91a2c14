import type { Metadata } from 'next';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { howOwnersSignIn } from '@/lib/auth/oidc/how-owners-sign-in';
import { countViolations } from '@/lib/keys/policy/count-violations';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { findOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import type { RawParams } from '@/lib/lists/list-params';
import { findIdleRule } from '@/lib/rules/idle-rule';
import { isMailOn } from '@/lib/settings/is-mail-on';
import { ProofNotice } from '../proof-notice';
import { settingsPages } from '../settings-labels';
import { SettingsPage } from '../settings-page';
import { setKeyPolicyAction, setOwnKeyRuleAction } from './actions';
import { ExistingKeys } from './existing-keys';
import { OwnKeysForm } from './own-keys-form';
import { PolicyForm } from './policy-form';
import { policyLabels } from './policy-labels';

export const metadata: Metadata = { title: settingsPages.policies };

type Props = { searchParams: Promise<RawParams> };

export default async function PoliciesPage({ searchParams }: Props) {
  const administrator = await requireAdministrator('admin');
  const [policy, idle] = await Promise.all([findKeyPolicy(), findIdleRule()]);
  const violations = await countViolations(administrator, policy);
  return (
    <SettingsPage administrator={administrator} at="policies">
      <div className="grid max-w-xl gap-4">
        <p className="text-muted">{policyLabels.intro}</p>
        {violations > 0 ? <p>{policyLabels.violations(violations)}</p> : null}
        <ProofNotice
          administrator={administrator}
          here="/settings/policies"
          params={await searchParams}
        />
        <PolicyForm action={setKeyPolicyAction} policy={policy} isMailOn={isMailOn()} />
        <ExistingKeys idleDays={idle?.days ?? null} longestLifetime={policy.longestLifetime} />
        <OwnKeysForm
          action={setOwnKeyRuleAction}
          rule={await findOwnKeyRule()}
          signIn={howOwnersSignIn()}
        />
      </div>
    </SettingsPage>
  );
}
