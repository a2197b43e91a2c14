import { FormMessage } from '@/components/form-message';
import { ActionForm } from '@/components/posting/action-form';
import { FormScope } from '@/components/posting/form-scope';
import { SubmitButton } from '@/components/posting/submit-button';
import { TextField } from '@/components/text-field';
import type { FormAction } from '@/lib/forms/form-state';
import { loginLabels } from '../login-labels';

export function CodeForm({ action, next }: { action: FormAction<never>; next: string }) {
  return (
    <FormScope action={action}>
      <ActionForm className="grid gap-4">
        <FormMessage />
        <input type="hidden" name="next" value={next} />
        <TextField
          label={loginLabels.code}
          name="code"
          autoComplete="one-time-code"
          autoCapitalize="none"
          spellCheck={false}
          hint={loginLabels.codeHint}
        />
        <SubmitButton look="primary">{loginLabels.signIn}</SubmitButton>
      </ActionForm>
    </FormScope>
  );
}
