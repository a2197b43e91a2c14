'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import { buttonClass } from '@/components/button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { type PostedForm, useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';
import { ShownOnce } from '../shown-once';
import { ConfirmForm } from './confirm-form';
import { RemoveForm } from './remove-form';

type Props = {
  beginAction: FormAction;
  confirmAction: FormAction<string[]>;
  codesAction: FormAction<string[]>;
  removeAction: FormAction<string>;
  /** What is in force, or null. */
  factor: { recoveryCodes: number } | null;
  mayRemove: boolean;
  hasPassword: boolean;
  /** The secret of a set-up under way, for those who cannot scan it. */
  secret: string | null;
  qrCode: ReactNode;
};

/** Keeps what each form was told, while the page below changes from one state to the next. */
export function SecondFactorDesk(props: Props) {
  const begun = useFormAction(props.beginAction);
  const confirmed = useFormAction(props.confirmAction);
  const renewed = useFormAction(props.codesAction);
  const removed = useFormAction(props.removeAction);
  const failed = [begun.state, renewed.state].find((state) => state.status === 'failed');
  if (props.factor && renewed.state.status === 'done') {
    const message = 'These are your new recovery codes. The old ones are refused.';
    return <RecoveryCodes message={message} codes={renewed.state.data} />;
  }
  if (props.factor && confirmed.state.status === 'done') {
    return <RecoveryCodes message="Your second factor is in force." codes={confirmed.state.data} />;
  }
  return (
    <>
      {removed.state.status === 'done' && !props.factor ? (
        <Notice look="good">{removed.state.data}</Notice>
      ) : null}
      {failed ? <Notice look="bad">{failed.message}</Notice> : null}
      {props.factor ? (
        <>
          <p>
            Sign-in asks for a code as well. You have{' '}
            {props.factor.recoveryCodes === 1
              ? '1 recovery code'
              : `${props.factor.recoveryCodes} recovery codes`}{' '}
            left.
          </p>
          <OneButton of={renewed} text="Make new recovery codes" look="secondary" />
          {props.mayRemove ? <RemoveForm of={removed} hasPassword={props.hasPassword} /> : null}
        </>
      ) : null}
      {!props.factor && props.secret ? (
        <ConfirmForm of={confirmed} secret={props.secret} qrCode={props.qrCode} />
      ) : null}
      {!props.factor && !props.secret ? (
        <>
          <p>
            An authenticator app on your phone makes a code every 30 seconds. With it, your password
            alone opens nothing, and may be shorter.
          </p>
          <OneButton of={begun} text="Set up" look="primary" />
        </>
      ) : null}
    </>
  );
}

function RecoveryCodes({ message, codes }: { message: string; codes: string[] }) {
  return (
    <>
      <ShownOnce
        label="Recovery codes"
        message={message}
        hint="Without your phone, each of these recovery codes signs you in once. Keep them where you keep your passwords: they are shown this once."
        lines={codes}
      />
      <p>
        <Link prefetch={false} href="/settings" className={buttonClass()}>
          I have kept them
        </Link>
      </p>
    </>
  );
}

type OneButtonProps = {
  of: PostedForm;
  text: string;
  look: 'primary' | 'secondary';
};

function OneButton({ of: posted, text, look }: OneButtonProps) {
  return (
    <ActionForm of={posted}>
      <SubmitButton of={posted} look={look}>
        {text}
      </SubmitButton>
    </ActionForm>
  );
}
