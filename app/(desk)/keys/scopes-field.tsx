import { TextField } from '@/components/field';

/** What a key may do: free words that gateways and services agree on. */
export function ScopesField({ defaultValue, error }: { defaultValue: string; error?: string }) {
  return (
    <TextField
      label="Scopes"
      name="scopes"
      hint="What the key may do, separated by spaces, such as reports:read."
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      defaultValue={defaultValue}
      error={error}
    />
  );
}
