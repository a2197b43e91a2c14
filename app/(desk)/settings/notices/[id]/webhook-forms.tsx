'use client';

import { type ReactNode, useActionState } from 'react';
import { BackButton } from '@/components/back-button';
import { Button, type ButtonLook } from '@/components/button';
import { Notice } from '@/components/notice';
import { Told } from '@/components/told';
import { type FormAction, idle } from '@/lib/form-state';
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
  const [tested, test, testing] = useActionState(testAction, idle);
  const [switched, change, changing] = useActionState(switchAction, idle);
  const [renewed, renew, renewing] = useActionState(renewAction, idle);
  return (
    <>
      <Told state={tested} />
      <Told state={switched} />
      {renewed.status === 'failed' ? <Notice look="bad">{renewed.message}</Notice> : null}
      {renewed.status === 'done' ? (
        <SigningSecret
          id={id}
          secret={renewed.data}
          message="This is the new signing secret. The old one signs as well for 24 hours."
        />
      ) : null}
      <div className="flex flex-wrap gap-2">
        <OneButton submit={test} id={id} pending={testing} look="primary">
          Send a test
        </OneButton>
        <OneButton submit={change} id={id} pending={changing} active={active ? 'no' : 'yes'}>
          {active ? 'Switch off' : 'Switch on'}
        </OneButton>
        <OneButton submit={renew} id={id} pending={renewing}>
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
  submit: (form: FormData) => void;
  id: string;
  pending: boolean;
  look?: ButtonLook;
  active?: 'yes' | 'no';
  children: ReactNode;
};

function OneButton({ submit, id, pending, look, active, children }: OneButtonProps) {
  return (
    <form action={submit}>
      <input type="hidden" name="id" value={id} />
      {active ? <input type="hidden" name="active" value={active} /> : null}
      <Button type="submit" look={look} pending={pending}>
        {children}
      </Button>
    </form>
  );
}
