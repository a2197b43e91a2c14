import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import type { ButtonLook } from '@/components/button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { type Shown, ShownOnce } from '@/components/shown-once';
import type { FormAction } from '@/lib/forms/form-state';
import { webhookLabels as labels } from '../notice-labels';

type Props = {
  id: string;
  active: boolean;
  testAction: FormAction<string>;
  switchAction: FormAction<string>;
  renewAction: FormAction<Shown>;
};

/** The actions on a webhook. Each says what it does and shows its own result. */
export function WebhookForms({ id, active, testAction, switchAction, renewAction }: Props) {
  return (
    <div className="panel divide-y divide-line">
      <Doing action={testAction} id={id} hint={labels.testHint} look="primary">
        {labels.test}
      </Doing>
      <Doing
        action={switchAction}
        id={id}
        active={active ? 'no' : 'yes'}
        hint={active ? labels.switchOffHint : labels.switchOnHint}
      >
        {active ? labels.switchOff : labels.switchOn}
      </Doing>
      <Doing action={renewAction} id={id} hint={labels.newSecretHint} isSecret>
        {labels.newSecret}
      </Doing>
      <div className="flex flex-wrap items-center justify-between gap-3 p-4">
        <p className="text-muted">{labels.deleteHint}</p>
        <BackButton to={`/settings/notices/${id}/delete`} look="danger">
          {labels.delete}
        </BackButton>
      </div>
    </div>
  );
}

type DoingProps = {
  action: FormAction<unknown>;
  id: string;
  hint: string;
  look?: ButtonLook;
  active?: 'yes' | 'no';
  /** Whether the answer shows a secret. */
  isSecret?: boolean;
  children: ReactNode;
};

function Doing({ action, id, hint, look, active, isSecret, children }: DoingProps) {
  return (
    <FormScope action={action}>
      <div className="grid gap-3 p-4">
        {isSecret ? <ShownOnce label={labels.signingSecret} onward={labels.copied} /> : null}
        <FormMessage />
        <ActionForm className="flex flex-wrap items-center justify-between gap-3">
          <p className="text-muted">{hint}</p>
          <input type="hidden" name="id" value={id} />
          {active ? <input type="hidden" name="active" value={active} /> : null}
          <SubmitButton look={look}>{children}</SubmitButton>
        </ActionForm>
      </div>
    </FormScope>
  );
}
