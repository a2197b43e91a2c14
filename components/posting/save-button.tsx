'use client';

import { typedValue } from '@/lib/forms/form-state';
import { usePostedForm } from './form-scope';
import { postingLabels } from './posting-labels';
import { SubmitButton } from './submit-button';
import type { PostedForm } from './use-form-action';

type Props = { of?: PostedForm; form?: string };

/** "Save", which after a warning of a look-alike says that it is meant. */
export function SaveButton({ of, form }: Props) {
  const posted = usePostedForm(of);
  return (
    <SubmitButton of={posted} form={form} look="primary">
      {typedValue(posted.state, 'lookalike') ? postingLabels.saveAnyway : postingLabels.save}
    </SubmitButton>
  );
}
