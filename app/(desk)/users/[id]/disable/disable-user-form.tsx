import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { UntilDone, WhenDone } from '@/components/posting/when-done';
import type { FormAction } from '@/lib/forms/form-state';
import { TakesOver } from '../takes-over';
import { disableLabels as labels } from './disable-labels';
import { KeyActionField } from './key-action-field';

type Props = {
  action: FormAction<string>;
  id: string;
  keys: number;
  /** For how many services they answer, and whether those need somebody. */
  services: number;
  isResponsibleRequired: boolean;
  back: string;
  /** The keys, one by one. */
  children: ReactNode;
};

const formId = 'disable-user';

/** Asks what happens to the keys of somebody who leaves. */
export function DisableUserForm(props: Props) {
  const { action, id, keys, services, isResponsibleRequired, back, children } = props;
  return (
    <FormScope action={action}>
      <FormMessage />
      <WhenDone>
        <div>
          <BackButton to={back}>{labels.close}</BackButton>
        </div>
      </WhenDone>
      <UntilDone>
        {children}
        <ActionForm id={formId} className="contents">
          <input type="hidden" name="id" value={id} />
          <input type="hidden" name="keys" value={keys} />
          {keys > 0 ? <KeyActionField /> : <input type="hidden" name="keyAction" value="keep" />}
          <TakesOver services={services} isRequired={isResponsibleRequired} />
        </ActionForm>
        <div className="flex flex-wrap gap-2">
          <SubmitButton form={formId} look="danger">
            {labels.ok}
          </SubmitButton>
          <BackButton to={back}>{labels.cancel}</BackButton>
        </div>
      </UntilDone>
    </FormScope>
  );
}
