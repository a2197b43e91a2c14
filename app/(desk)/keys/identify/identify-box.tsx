'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { type PostedForm, useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import { type FormAction, fieldError } from '@/lib/forms/form-state';
import { wholeKeySentence } from '@/lib/forms/whole-key';
import { isServiceKey } from '@/lib/keys/scope';
import { type Switched, SwitchedText } from '../switched';
import type { Identified } from './actions';
import { IdentifiedRecord } from './identified-record';

type Props = {
  action: FormAction<Identified>;
  switchAction: FormAction<Switched>;
  maySwitch: boolean;
  mayServe: boolean;
  /** Somebody had a whole key where it does not belong, and was sent here. */
  isExpected?: boolean;
};

/** Takes a key that turned up somewhere, by POST, and says whose it is. */
export function IdentifyBox({ action, switchAction, maySwitch, mayServe, isExpected }: Props) {
  const posted = useFormAction(action);
  const { state } = posted;
  // Here, and not beside its button: without JavaScript the answer comes when the key is out of sight.
  const switching = useFormAction(switchAction);
  const switched = switching.state;
  const isOff = switched.status === 'done' && !switched.data.active;
  return (
    <details
      open={isExpected || state.status !== 'idle' || switched.status !== 'idle'}
      className="panel px-4 py-2"
    >
      <summary className="min-h-8 content-center font-medium text-accent">
        Whose key is this?
      </summary>
      <div className="grid gap-3 py-2">
        {isExpected && state.status === 'idle' ? (
          <Notice look="warn">
            <p>{wholeKeySentence}</p>
            <p>
              Paste it here to see whose it is. In an address it would be kept, so nothing was
              searched for.
            </p>
          </Notice>
        ) : null}
        {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
        {switched.status === 'failed' ? <Notice look="bad">{switched.message}</Notice> : null}
        {switched.status === 'done' ? (
          <Notice look="good">
            <SwitchedText switched={switched.data} of={switching} />
          </Notice>
        ) : null}
        <ActionForm
          of={posted}
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
            <SubmitButton of={posted}>Identify</SubmitButton>
          </div>
        </ActionForm>
        {state.status === 'done' ? (
          <IdentifiedRecord found={state.data}>
            {maySwitch && !isOff && (mayServe || !isServiceKey(state.data.key.scopes)) ? (
              <SwitchOff id={state.data.key.id} of={switching} />
            ) : null}
          </IdentifiedRecord>
        ) : null}
      </div>
    </details>
  );
}

function SwitchOff({ id, of: posted }: SwitchOffProps) {
  return (
    <ActionForm of={posted}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value="no" />
      <SubmitButton of={posted} look="danger" size="small">
        Switch off now
      </SubmitButton>
    </ActionForm>
  );
}

type SwitchOffProps = { id: string; of: PostedForm };
