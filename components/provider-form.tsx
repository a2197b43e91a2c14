'use client';

import type { FormAction } from '@/lib/forms/form-state';
import type { ButtonLook } from './button';
import { Notice } from './notice';
import { ActionForm } from './posting/action-form';
import { SubmitButton } from './posting/submit-button';
import { useFormAction } from './posting/use-form-action';

type Props = {
  action: FormAction<string>;
  next: string;
  look?: ButtonLook;
  children: React.ReactNode;
};

/**
 * Leads to the provider of single sign-on. Not by a redirect: the policy of the page lets its forms go
 * nowhere else, and browsers count what a form is redirected to.
 */
export function ProviderForm({ action, next, look = 'secondary', children }: Props) {
  const posted = useFormAction(action);
  const { state, pending } = posted;
  const address = state.status === 'done' ? state.data : null;
  return (
    <ActionForm of={posted} className="grid gap-2">
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {address ? (
        <>
          <meta httpEquiv="refresh" content={`0; url=${address}`} />
          <p className="text-muted" role="status">
            You are on your way.{' '}
            <a href={address} className="text-accent underline">
              Go on
            </a>
          </p>
        </>
      ) : null}
      <input type="hidden" name="next" value={next} />
      <SubmitButton of={posted} look={look} pending={pending || address !== null}>
        {children}
      </SubmitButton>
    </ActionForm>
  );
}
