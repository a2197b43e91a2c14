import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormState, fieldError } from '@/lib/form-state';

type Props = {
  form: [FormState<unknown>, (form: FormData) => void, boolean];
  hasPassword: boolean;
};

export function RemoveForm({ form: [state, submit, pending], hasPassword }: Props) {
  return (
    <details open={state.status === 'invalid' || state.status === 'failed'}>
      <summary className="min-h-8 font-medium text-accent">Remove the second factor</summary>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      <form
        action={submit}
        className="grid gap-4 rounded-lg border border-line bg-surface p-4 sm:max-w-sm"
      >
        <p>
          {hasPassword ? 'Your password' : 'Your provider'} alone will open Keydesk again. Your
          other browsers are signed out.
        </p>
        {hasPassword ? (
          <TextField
            label="Password"
            name="password"
            type="password"
            autoComplete="current-password"
            error={fieldError(state, 'password')}
          />
        ) : null}
        <Button type="submit" look="danger" pending={pending}>
          Remove
        </Button>
      </form>
    </details>
  );
}
