'use client';

import type { ReactNode } from 'react';
import { BackButton } from '@/components/back-button';
import type { ButtonLook } from '@/components/button';
import { FormMessage } from '@/components/form-message';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { type PostedForm, useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { SigningSecret } from '../signing-secret';

type Props = {
  id: string;
  active: boolean;
  testAction: FormAction<string>;
  switchAction: FormAction<string>;
  renewAction: FormAction<string>;
};

/** What can be done with a webhook; the newest result stands above. */
export function WebhookForms({ id, active, testAction, switchAction, renewAction }: Props) {
  const test = useFormAction(testAction);
  const change = useFormAction(switchAction);
  const renew = useFormAction(renewAction);
  const renewed = renew.state;
  return (
    <>
      <FormMessage of={test} />
      <FormMessage of={change} />
      {renewed.status === 'failed' ? <Notice look="bad">{renewed.message}</Notice> : null}
      {renewed.status === 'done' ? (
        <SigningSecret
          id={id}
          secret={renewed.data}
          message="This is the new signing secret. The old one signs as well for 24 hours."
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <OneButton of={test} id={id} look="primary">
          Send a test
        </OneButton>
        <OneButton of={change} id={id} active={active ? 'no' : 'yes'}>
          {active ? 'Switch off' : 'Switch on'}
        </OneButton>
        <OneButton of={renew} id={id}>
          New secret
        </OneButton>
        <BackButton to={`/settings/notices/${id}/delete`} look="danger">
          Delete
        </BackButton>
      </div>
    </>
  );
}

type OneButtonProps = {
  of: PostedForm;
  id: string;
  look?: ButtonLook;
  active?: 'yes' | 'no';
  children: ReactNode;
};

function OneButton({ of: posted, id, look, active, children }: OneButtonProps) {
  return (
    <ActionForm of={posted}>
      <input type="hidden" name="id" value={id} />
      {active ? <input type="hidden" name="active" value={active} /> : null}
      <SubmitButton of={posted} look={look}>
        {children}
      </SubmitButton>
    </ActionForm>
  );
}
