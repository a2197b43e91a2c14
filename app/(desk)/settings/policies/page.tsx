import type { Metadata } from 'next';
import { requireAdministrator } from '@/lib/auth/current-administrator';
import { countViolations } from '@/lib/keys/policy/count-violations';
import { findKeyPolicy } from '@/lib/keys/policy/key-policy';
import { setKeyPolicyAction } from './actions';
import { PolicyForm } from './policy-form';

export const metadata: Metadata = { title: 'Policies' };

export default async function PoliciesPage() {
  const administrator = await requireAdministrator('admin');
  const policy = await findKeyPolicy();
  const violations = await countViolations(administrator, policy);
  return (
    <div className="grid max-w-xl gap-4">
      <h1>Policies</h1>
      <p className="text-muted">
        Rules for API keys that are made or changed from now on. Keys that exist stay as they are.
      </p>
      {violations > 0 ? (
        <p>
          {violations.toLocaleString('en')} existing {violations === 1 ? 'key does' : 'keys do'} not
          keep these rules.
        </p>
      ) : null}
      <PolicyForm action={setKeyPolicyAction} policy={policy} />
    </div>
  );
}
