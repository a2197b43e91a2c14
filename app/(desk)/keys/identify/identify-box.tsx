'use client';

import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { type PostedForm, useFormAction } from '@/components/posting/use-form-action';
import { TextField } from '@/components/text-field';
import type { FormAction } from '@/lib/forms/form-state';
import { wholeKeySentence } from '@/lib/forms/whole-key';
import { isServiceKey } from '@/lib/keys/scope';
import { type Switched, SwitchedText } from '../switched';
import type { Identified } from './actions';
import { IdentifiedRecord } from './identified-record';
import { identifyLabels as labels } from './identify-labels';

type Props = {
  action: FormAction<Identified>;
  switchAction: FormAction<Switched>;
  maySwitch: boolean;
  mayServe: boolean;
  /** Somebody had a whole key where it does not belong, and was sent here. */
  isExpected?: boolean | undefined;
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
    <div className={`grid gap-3 ${isExpected ? 'panel p-4' : ''}`}>
      {isExpected && state.status === 'idle' ? (
        <Notice look="warn">
          <p>{wholeKeySentence}</p>
          <p>{labels.expected}</p>
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
          label={labels.wholeKey}
          name="secret"
          hint={labels.hint}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div className="sm:pt-6">
          <SubmitButton of={posted}>{labels.identify}</SubmitButton>
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
  );
}

function SwitchOff({ id, of: posted }: SwitchOffProps) {
  return (
    <ActionForm of={posted}>
      <input type="hidden" name="id" value={id} />
      <input type="hidden" name="active" value="no" />
      <SubmitButton of={posted} look="danger" size="small">
        {labels.switchOff}
      </SubmitButton>
    </ActionForm>
  );
}

type SwitchOffProps = { id: string; of: PostedForm };
