import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { TextField } from '@/components/text-field';
import { TitledSection } from '@/components/titled-section';
import type { FormAction } from '@/lib/forms/form-state';
import { secondFactorLabels } from './second-factor-labels';

type Props = {
  action: FormAction<string>;
  isOn: boolean;
  mayRemove: boolean;
  hasPassword: boolean;
};

/** The form that removes the second factor, and afterwards its message. */
export function Removal({ action, isOn, mayRemove, hasPassword }: Props) {
  return (
    <FormScope action={action}>
      {isOn && mayRemove ? <RemoveForm hasPassword={hasPassword} /> : null}
      {isOn ? null : <FormMessage />}
    </FormScope>
  );
}

function RemoveForm({ hasPassword }: { hasPassword: boolean }) {
  return (
    <TitledSection id="removal" title={secondFactorLabels.removal}>
      <ActionForm className="panel grid justify-items-start gap-3 p-4">
        <FormMessage />
        <p>{secondFactorLabels.removing(hasPassword ? 'password' : 'provider')}</p>
        {hasPassword ? (
          <TextField
            label={secondFactorLabels.password}
            name="password"
            type="password"
            autoComplete="current-password"
          />
        ) : null}
        <SubmitButton look="danger">{secondFactorLabels.remove}</SubmitButton>
      </ActionForm>
    </TitledSection>
  );
}
