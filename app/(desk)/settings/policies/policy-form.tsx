import { Checkbox } from '@/components/checkbox';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { SelectField } from '@/components/select-field';
import { TextField } from '@/components/text-field';
import type { FormAction } from '@/lib/forms/form-state';
import type { KeyPolicy } from '@/lib/keys/policy/key-policy';
import { onLeakChoices } from '@/lib/keys/policy/policy-choices';
import { windowOptions } from '../../keys/window-options';
import { settingsLabels } from '../settings-labels';
import { NoticeFields } from './notice-fields';
import { policyLabels } from './policy-labels';

type Props = {
  action: FormAction<string>;
  policy: KeyPolicy;
  /** Whether this installation can send mail. */
  isMailOn: boolean;
};

export function PolicyForm({ action, policy, isMailOn }: Props) {
  return (
    <FormScope action={action}>
      {/* What is saved becomes what the fields begin with, because the browser resets them to that. */}
      <ActionForm key={JSON.stringify(policy)} className="grid gap-4 panel p-4">
        <FormMessage />
        <Checkbox
          label={policyLabels.expiryRequired}
          name="expiryRequired"
          defaultChecked={policy.expiryRequired}
        />
        <Limit name="longestLifetime" policy={policy} />
        <Limit name="mostKeysPerUser" policy={policy} />
        <Limit name="defaultLifetime" policy={policy} />
        <div className="grid items-start gap-4 sm:grid-cols-2">
          <Limit name="defaultRateLimit" policy={policy} />
          <SelectField
            label={policyLabels.window}
            name="defaultRateWindow"
            options={windowOptions}
            defaultValue={`${policy.defaultRateWindow}`}
          />
        </div>
        <SelectField
          label={policyLabels.onLeak}
          name="onLeak"
          hint={policyLabels.onLeakHint}
          options={onLeakOptions}
          defaultValue={policy.onLeak}
        />
        <Checkbox
          label={policyLabels.responsibleRequired}
          hint={policyLabels.responsibleRequiredHint}
          name="responsibleRequired"
          defaultChecked={policy.responsibleRequired}
        />
        <NoticeFields policy={policy} isMailOn={isMailOn} />
        <div>
          <SubmitButton look="primary">{settingsLabels.save}</SubmitButton>
        </div>
      </ActionForm>
    </FormScope>
  );
}

const onLeakOptions = onLeakChoices.map((value) => ({
  value,
  label: policyLabels.onLeakChoices[value],
}));

type LimitName = 'longestLifetime' | 'mostKeysPerUser' | 'defaultLifetime' | 'defaultRateLimit';

function Limit({ name, policy }: { name: LimitName; policy: KeyPolicy }) {
  return (
    <TextField
      label={policyLabels[name]}
      name={name}
      hint={policyLabels[`${name}Hint`]}
      inputMode="numeric"
      autoComplete="off"
      defaultValue={policy[name]?.toString() ?? ''}
    />
  );
}
