import type { ReactNode } from 'react';
import type { ButtonLook } from '@/components/button';
import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import type { FormAction } from '@/lib/forms/form-state';

type Props = {
  action: FormAction;
  /** What was shown, and is sent along. */
  fields?: Record<string, string | number>;
  button: ReactNode;
  look: ButtonLook;
};

/** One button below what it is about. */
export function RuleForm({ action, fields = {}, button, look }: Props) {
  return (
    <FormScope action={action}>
      <ActionForm className="grid gap-2">
        <FormMessage />
        {Object.entries(fields).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        <div>
          <SubmitButton look={look}>{button}</SubmitButton>
        </div>
      </ActionForm>
    </FormScope>
  );
}
