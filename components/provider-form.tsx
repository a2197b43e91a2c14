import type { ReactNode } from 'react';
import type { FormAction } from '@/lib/forms/form-state';
import type { ButtonLook } from './button';
import { FormMessage } from './form-message';
import { GoToProvider } from './go-to-provider';
import { ActionForm } from './posting/action-form';
import { FormScope } from './posting/form-scope';
import { SubmitButton } from './posting/submit-button';
import { UntilDone } from './posting/when-done';

type Props = {
  action: FormAction<{ address: string }>;
  next: string;
  look?: ButtonLook;
  children: ReactNode;
};

/**
 * Leads to the provider of single sign-on. Not by a redirect: the policy of the page lets its forms go
 * nowhere else, and browsers count what a form is redirected to.
 */
export function ProviderForm({ action, next, look = 'secondary', children }: Props) {
  return (
    <FormScope action={action}>
      <ActionForm className="grid gap-2">
        <FormMessage />
        <GoToProvider />
        <input type="hidden" name="next" value={next} />
        <UntilDone>
          <SubmitButton look={look}>{children}</SubmitButton>
        </UntilDone>
      </ActionForm>
    </FormScope>
  );
}
