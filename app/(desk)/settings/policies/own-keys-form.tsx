import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { SelectField } from '@/components/select-field';
import type { FormAction } from '@/lib/forms/form-state';
import type { OwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { ownKeysLabels as labels } from './own-keys-labels';

/** How people without a role would be recognised, or why none of them can sign in. */
export type OwnKeysSignIn = keyof typeof labels.signIn;

type Props = { action: FormAction<string>; rule: OwnKeyRule; signIn: OwnKeysSignIn };

/** The policy of `/me`, which takes effect at once and so has a button of its own. */
export function OwnKeysForm({ action, rule, signIn }: Props) {
  return (
    <section aria-labelledby="my-keys" className="grid gap-2">
      <h2 id="my-keys">{labels.title}</h2>
      <p className="text-muted">{labels.intro}</p>
      <p className="text-muted">{labels.signIn[signIn]}</p>
      <FormScope action={action}>
        <ActionForm key={rule} className="grid gap-4 panel p-4">
          <FormMessage />
          <SelectField
            label={labels.rule}
            name="ownKeys"
            hint={labels.ruleHint}
            options={options}
            defaultValue={rule}
          />
          <div>
            <SubmitButton look="primary">{labels.save}</SubmitButton>
          </div>
        </ActionForm>
      </FormScope>
    </section>
  );
}

const options = Object.entries(labels.rules).map(([value, label]) => ({ value, label }));
