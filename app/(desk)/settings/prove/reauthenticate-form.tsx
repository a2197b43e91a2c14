import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { TextField } from '@/components/text-field';
import type { FormAction } from '@/lib/forms/form-state';
import { settingsLabels } from '../settings-labels';
import { proveLabels } from './prove-labels';

type Props = {
  action: FormAction<never>;
  ways: { password: boolean; secondFactor: boolean };
  next: string;
  /** The page to which "Cancel" returns. */
  back: string;
};

export function ReauthenticateForm({ action, ways, next, back }: Props) {
  const { password, secondFactor } = ways;
  return (
    <FormScope action={action}>
      <FormMessage />
      <ActionForm id="prove" className="grid gap-4 panel p-4">
        <input type="hidden" name="next" value={next} />
        <input type="hidden" name="first" value={password ? 'password' : 'code'} />
        {password ? (
          <TextField
            label={proveLabels.password}
            name="password"
            type="password"
            autoComplete="current-password"
          />
        ) : null}
        {secondFactor ? (
          <TextField
            label={password ? proveLabels.orCode : proveLabels.code}
            name="code"
            autoComplete="one-time-code"
            autoCapitalize="none"
            spellCheck={false}
            hint={password ? proveLabels.orCodeHint : proveLabels.codeHint}
          />
        ) : null}
      </ActionForm>
      <div className="flex flex-wrap gap-2">
        <SubmitButton form="prove" look="primary">
          {proveLabels.send}
        </SubmitButton>
        <BackButton to={back}>{settingsLabels.cancel}</BackButton>
      </div>
    </FormScope>
  );
}
