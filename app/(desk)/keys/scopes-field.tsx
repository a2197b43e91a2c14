'use client';

import { SuggestedField, suggestionsFrom } from '@/components/suggested-field';
import { scopeWords } from '@/lib/keys/scope';
import { policyLabels } from './policy-labels';

/** What a key may do: free words that gateways and services agree on. */
export function ScopesField({ defaultValue }: { defaultValue: string }) {
  return (
    <SuggestedField
      label={policyLabels.scopes}
      name="scopes"
      hint={policyLabels.scopesHint}
      defaultValue={defaultValue}
      suggest={suggestNext}
      early
    />
  );
}

const mostShown = 10;

/** A suggestion stands for the whole field: the words before the last one stay in it. */
async function suggestNext(text: string): Promise<string[]> {
  const last = /[^\s,]*$/.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - last.length);
  const taken = new Set(scopeWords(before));
  const scopes = await suggestionsFrom('/keys/scope-suggestions', last);
  return scopes
    .filter((scope) => !taken.has(scope))
    .slice(0, mostShown)
    .map((scope) => before + scope);
}
