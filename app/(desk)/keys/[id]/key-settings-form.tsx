import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { TextField } from '@/components/text-field';
import type { FormAction } from '@/lib/forms/form-state';
import type { PolicyValues } from '@/lib/keys/policy/policy-values';
import { ExpiryField } from '../expiry-field';
import { CallerFields, MetadataField } from '../policy-fields';
import { ScopesField } from '../scopes-field';
import { keySettingsLabels as labels } from './key-settings-labels';

const formId = 'key-settings';

type Props = {
  action: FormAction<string>;
  apiKey: { id: string; name: string };
  policy: PolicyValues;
  back: string;
};

/** What a key is called and what limits it. Its status is the switch above. */
export function KeySettingsForm({ action, apiKey, policy, back }: Props) {
  return (
    <FormScope action={action}>
      <div className="panel grid gap-4 p-4">
        <FormMessage />
        <ActionForm
          // What is saved becomes what the fields begin with, for the browser resets them to it.
          key={JSON.stringify([apiKey.name, policy])}
          id={formId}
          aria-label={labels.form}
          className="grid gap-4"
        >
          <input type="hidden" name="id" value={apiKey.id} />
          <TextField
            label={labels.name}
            name="name"
            autoComplete="off"
            defaultValue={apiKey.name}
          />
          <Group title={labels.what}>
            <ScopesField defaultValue={policy.scopes} />
            <MetadataField initial={policy} />
          </Group>
          <Group title={labels.howLong}>
            <ExpiryField lifetime={policy.lifetime} expires={policy.expires} />
          </Group>
          <Group title={labels.fromWhere}>
            <CallerFields initial={policy} />
          </Group>
        </ActionForm>
        <div className="sticky bottom-0 flex flex-wrap gap-2 border-t border-line bg-surface pt-3 pb-1">
          <SubmitButton form={formId} look="primary">
            {labels.save}
          </SubmitButton>
          <BackButton to={back}>{labels.cancel}</BackButton>
        </div>
      </div>
    </FormScope>
  );
}

function Group({ title, children }: { title: string; children: ReactNode }) {
  return (
    <fieldset className="grid gap-4 border-t border-line pt-3">
      <legend className="float-left w-full font-semibold">{title}</legend>
      {children}
    </fieldset>
  );
}
