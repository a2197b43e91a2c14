'use client';

import { useActionState } from 'react';
import { type FormAction, idle } from '@/lib/form-state';
import { Button, type ButtonLook } from './button';
import { Notice } from './notice';

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
  const [state, submit, pending] = useActionState(action, idle);
  const address = state.status === 'done' ? state.data : null;
  return (
    <form action={submit} className="grid gap-2">
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
      <Button type="submit" look={look} pending={pending || address !== null}>
        {children}
      </Button>
    </form>
  );
}
