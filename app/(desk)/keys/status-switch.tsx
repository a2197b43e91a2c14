'use client';

import { useActionState } from 'react';
import { type FormAction, idle } from '@/lib/form-state';

type Props = { id: string; active: boolean; action: FormAction<string> };

/** Asks for a state, never for "the other one", so that repeating it is harmless. */
export function StatusSwitch({ id, active, action }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <form action={submit} className="inline-flex items-center gap-2">
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value={active ? 'no' : 'yes'} />
      <button
        type="submit"
        role="switch"
        aria-checked={pending ? !active : active}
        aria-label="Active"
        aria-describedby={`owner-${id}`}
        className="group inline-flex min-h-8 items-center rounded-full px-1"
      >
        <span
          aria-hidden="true"
          className="h-5 w-9 rounded-full border border-line-strong bg-sunken p-0.5 transition-colors group-aria-checked:border-good group-aria-checked:bg-good"
        >
          <span className="block size-3.5 rounded-full bg-line-strong transition-transform group-aria-checked:translate-x-4 group-aria-checked:bg-surface" />
        </span>
      </button>
      <span role="status" className="sr-only">
        {state.status === 'done' ? state.data : null}
      </span>
      {state.status === 'failed' ? <span role="alert">{state.message}</span> : null}
    </form>
  );
}
