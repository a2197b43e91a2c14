import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import { ExpiryField } from './expiry-field';
import { policyLabels } from './policy-labels';
import { ScopesField } from './scopes-field';
import { windowOptions } from './window-options';

type Props = { initial: PolicyValues };

/**
 * What limits a key: the same fields for a new one and for one that exists. They begin with `initial`;
 * what was typed and what is wrong with it they read from the form around.
 */
export function PolicyFields({ initial }: Props) {
  return (
    <>
      <ScopesField defaultValue={initial.scopes} />
      <ExpiryField lifetime={initial.lifetime} expires={initial.expires} />
      <CallerFields initial={initial} />
      <MetadataField initial={initial} />
    </>
  );
}

/** From where a key may be used, and how often. */
export function CallerFields({ initial }: Props) {
  return (
    <>
      <TextField
        label={policyLabels.allowedAddresses}
        name="allowedAddresses"
        hint={policyLabels.allowedAddressesHint}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={initial.allowedAddresses}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label={policyLabels.rateLimit}
          name="rateLimit"
          inputMode="numeric"
          hint={policyLabels.rateLimitHint}
          autoComplete="off"
          defaultValue={initial.rateLimit}
        />
        <SelectField
          label={policyLabels.rateWindow}
          name="rateWindow"
          options={windowOptions}
          defaultValue={initial.rateWindow}
        />
      </div>
    </>
  );
}

export function MetadataField({ initial }: Props) {
  return (
    <TextField
      label={policyLabels.metadata}
      name="metadata"
      hint={policyLabels.metadataHint}
      autoComplete="off"
      autoCapitalize="none"
      spellCheck={false}
      defaultValue={initial.metadata}
    />
  );
}
