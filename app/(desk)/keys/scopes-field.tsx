import { Combobox } from '@/components/combobox';
import { policyLabels } from './policy-labels';

/** What a key may do: free words that gateways and services agree on. */
export function ScopesField({ defaultValue }: { defaultValue: string }) {
  return (
    <Combobox
      label={policyLabels.scopes}
      name="scopes"
      hint={policyLabels.scopesHint}
      defaultValue={defaultValue}
      from="/keys/scope-suggestions"
      several
      early
    />
  );
}
