'use client';

import { useActionState } from 'react';
import { Button } from '@/components/button';
import { TextField } from '@/components/field';
import { Notice } from '@/components/notice';
import { type FormAction, fieldError, idle } from '@/lib/form-state';
import { isServiceKey } from '@/lib/keys/scope';
import { type Switched, SwitchedText } from '../switched';
import type { Identified } from './actions';
import { IdentifiedRecord } from './identified-record';

type Props = {
  action: FormAction<Identified>;
  switchAction: FormAction<Switched>;
  maySwitch: boolean;
  mayServe: boolean;
};

/** Takes a key that turned up somewhere, by POST, and says whose it is. */
export function IdentifyBox({ action, switchAction, maySwitch, mayServe }: Props) {
  const [state, submit, pending] = useActionState(action, idle);
  // Here, and not beside its button: without JavaScript the answer comes when the key is out of sight.
  const [switched, submitSwitch, switching] = useActionState(switchAction, idle);
  const isOff = switched.status === 'done' && !switched.data.active;
  return (
    <details
      open={state.status !== 'idle' || switched.status !== 'idle'}
      className="rounded-lg border border-line bg-surface px-4 py-2"
    >
      <summary className="min-h-8 content-center font-medium text-accent">
        Whose key is this?
      </summary>
      <div className="grid gap-3 py-2">
        {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
        {switched.status === 'failed' ? <Notice look="bad">{switched.message}</Notice> : null}
        {switched.status === 'done' ? (
          <Notice look="good">
            <SwitchedText switched={switched.data} action={submitSwitch} pending={switching} />
          </Notice>
        ) : null}
        <form
          action={submit}
          className="grid items-start gap-3 sm:grid-cols-[minmax(10rem,36rem)_auto]"
        >
          <TextField
            label="Whole key"
            name="secret"
            hint="It is looked up and kept nowhere."
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            error={fieldError(state, 'secret')}
          />
          <div className="sm:pt-6">
            <Button type="submit" pending={pending}>
              Identify
            </Button>
          </div>
        </form>
        {state.status === 'done' ? (
          <IdentifiedRecord found={state.data}>
            {maySwitch && !isOff && (mayServe || !isServiceKey(state.data.key.scopes)) ? (
              <SwitchOff id={state.data.key.id} action={submitSwitch} pending={switching} />
            ) : null}
          </IdentifiedRecord>
        ) : null}
      </div>
    </details>
  );
}

function SwitchOff({ id, action, pending }: SwitchOffProps) {
  return (
    <form action={action}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value="no" />
      <Button type="submit" look="danger" size="small" pending={pending}>
        Switch off now
      </Button>
    </form>
  );
}

type SwitchOffProps = { id: string; action: (form: FormData) => void; pending: boolean };
