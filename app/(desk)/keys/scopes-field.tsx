import { SuggestedField } from '@/components/suggested-field';
import { policyLabels } from './policy-labels';

/** What a key may do: free words that gateways and services agree on. */
export function ScopesField({ defaultValue }: { defaultValue: string }) {
  return (
    <SuggestedField
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
