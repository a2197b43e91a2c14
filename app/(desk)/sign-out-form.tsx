import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';
import { shellLabels } from './shell-labels';

/** What becomes of it stands over the page: the bar has no room for a sentence. */
export function SignOutForm({ action }: { action: FormAction }) {
  return (
    <FormScope action={action}>
      <ActionForm className="relative [&>div]:absolute [&>div]:top-full [&>div]:right-0 [&>div]:z-20 [&>div]:w-72 [&>div]:shadow-lg">
        <SubmitButton look="quiet" size="small">
          {shellLabels.signOut}
        </SubmitButton>
        <FormMessage />
      </ActionForm>
    </FormScope>
  );
}
