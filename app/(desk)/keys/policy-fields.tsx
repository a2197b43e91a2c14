import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import { ScopesField } from './scopes-field';
import { windowOptions } from './window-options';

type Name = keyof PolicyValues;
type Props = { value: (name: Name) => string; error: (name: Name) => string | undefined };

const lifetimes = [
  { value: '', label: 'Until the time above' },
  { value: '30', label: '30 days from now' },
  { value: '90', label: '90 days from now' },
  { value: '365', label: '365 days from now' },
  { value: 'never', label: 'For ever' },
];

/** What limits a key: the same fields for a new one and for one that exists. */
export function PolicyFields({ value, error }: Props) {
  return (
    <>
      <ScopesField defaultValue={value('scopes')} error={error('scopes')} />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label="Expires"
          name="expires"
          type="datetime-local"
          hint="In UTC. Empty: never."
          defaultValue={value('expires')}
          error={error('expires')}
        />
        <SelectField
          label="Lifetime"
          name="lifetime"
          options={lifetimes}
          defaultValue={value('lifetime')}
        />
      </div>
      <TextField
        label="Allowed addresses"
        name="allowedAddresses"
        hint="Where its callers may be: addresses and networks such as 10.0.0.0/8, separated by spaces. Empty: anywhere."
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={value('allowedAddresses')}
        error={error('allowedAddresses')}
      />
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <TextField
          label="Rate limit"
          name="rateLimit"
          inputMode="numeric"
          hint="Calls allowed. Empty: any number."
          autoComplete="off"
          defaultValue={value('rateLimit')}
          error={error('rateLimit')}
        />
        <SelectField
          label="Per"
          name="rateWindow"
          options={windowOptions}
          defaultValue={value('rateWindow')}
        />
      </div>
      <TextField
        label="Metadata"
        name="metadata"
        hint={
          'A JSON object that verification hands to your services, such as {"plan": "gold"}. No secrets.'
        }
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        defaultValue={value('metadata')}
        error={error('metadata')}
      />
    </>
  );
}
