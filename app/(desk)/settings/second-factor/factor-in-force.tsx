import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone } from '@/components/posting/when-done';
import { type Shown, ShownOnce } from '@/components/shown-once';
import type { FormAction } from '@/lib/forms/form-state';
import { secondFactorLabels } from './second-factor-labels';

type Props = { action: FormAction<Shown>; codesLeft: number };

/** Shows recovery codes that were just made, otherwise how many are left. */
export function FactorInForce({ action, codesLeft }: Props) {
  return (
    <>
      <Codes />
      <UntilDone>
        <FormScope action={action}>
          <Codes />
          <UntilDone>
            <FormMessage />
            <ActionForm className="panel grid justify-items-start gap-3 p-4">
              <p>
                <strong className="font-semibold">{secondFactorLabels.on}</strong>{' '}
                {secondFactorLabels.codesLeft(codesLeft)}
              </p>
              <SubmitButton>{secondFactorLabels.renew}</SubmitButton>
            </ActionForm>
          </UntilDone>
        </FormScope>
      </UntilDone>
    </>
  );
}

const Codes = () => (
  <ShownOnce label={secondFactorLabels.recoveryCodes} onward={secondFactorLabels.kept} />
);
