import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { TextField } from '@/components/text-field';
import { TitledSection } from '@/components/titled-section';
import { secondFactorLabels } from './second-factor-labels';

/** Of the form around. */
export function RemoveForm({ hasPassword }: { hasPassword: boolean }) {
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
