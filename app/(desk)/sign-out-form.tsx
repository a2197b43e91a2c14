'use client';

import { Button } from '@/components/button';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SendNotice } from '@/components/posting/send-notice';
import { useFormAction } from '@/components/posting/use-form-action';
import type { FormAction } from '@/lib/forms/form-state';

export function SignOutForm({ action }: { action: FormAction }) {
  const posted = useFormAction(action);
  const { state, problem } = posted;
  return (
    <ActionForm of={posted} className="relative">
      <Button type="submit" look="quiet" size="small" pending={posted.pending}>
        Sign out
      </Button>
      {/* Over the page: the bar has no room for a sentence. */}
      <div className="absolute top-full right-0 z-20 w-72 shadow-lg">
        {problem ? <SendNotice problem={problem} /> : null}
        {!problem && state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      </div>
    </ActionForm>
  );
}
