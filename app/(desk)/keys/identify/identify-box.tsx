'use client';

import type { KeyboardEvent } from 'react';
import { Notice } from '@/components/notice';
import { ActionForm } from '@/components/posting/action-form';
import { SubmitButton } from '@/components/posting/submit-button';
import { type PostedForm, useFormAction } from '@/components/posting/use-form-action';
import { TextAreaField } from '@/components/text-area-field';
import type { FormAction } from '@/lib/forms/form-state';
import { wholeKeySentence } from '@/lib/forms/whole-key';
import { mostLines } from '@/lib/keys/identify-limits';
import { isServiceKey } from '@/lib/keys/service-key';
import { type Switched, SwitchedText } from '../switched';
import type { IdentifyAnswer } from './actions';
import { IdentifiedLines } from './identified-lines';
import { IdentifiedRecord } from './identified-record';
import { identifyLabels as labels } from './identify-labels';

type Props = {
  action: FormAction<IdentifyAnswer>;
  switchAction: FormAction<Switched>;
  /** Begins a change of many keys, and leads to its question. */
  bulkAction: FormAction;
  maySwitch: boolean;
  mayServe: boolean;
  /** Somebody had a whole key where it does not belong, and was sent here. */
  isExpected?: boolean | undefined;
};

/** Takes keys that turned up somewhere, by POST, and says whose they are. */
export function IdentifyBox(props: Props) {
  const { action, switchAction, bulkAction, maySwitch, mayServe, isExpected } = props;
  const posted = useFormAction(action);
  const { state } = posted;
  // Here, and not beside its button: without JavaScript the answer comes when the key is out of sight.
  const switching = useFormAction(switchAction);
  const all = useFormAction(bulkAction);
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
      {all.state.status === 'failed' ? <Notice look="bad">{all.state.message}</Notice> : null}
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
        <TextAreaField
          label={labels.wholeKey}
          name="secret"
          hint={maySwitch ? labels.linesHint(mostLines) : labels.hint}
          rows={maySwitch ? 3 : 1}
          wrap="off"
          onKeyDown={sendSingle}
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
        />
        <div className="sm:pt-6">
          <SubmitButton of={posted}>{labels.identify}</SubmitButton>
        </div>
      </ActionForm>
      {state.status === 'done' && 'lines' in state.data ? (
        <IdentifiedLines lines={state.data.lines} switching={all} />
      ) : null}
      {state.status === 'done' && 'key' in state.data ? (
        <IdentifiedRecord found={state.data}>
          {maySwitch && !isOff && (mayServe || !isServiceKey(state.data.key.scopes)) ? (
            <SwitchOff id={state.data.key.id} of={switching} />
          ) : null}
        </IdentifiedRecord>
      ) : null}
    </div>
  );
}

/** Enter sends a single key, as in a field of one line. Among several lines it begins another one. */
function sendSingle(event: KeyboardEvent<HTMLTextAreaElement>) {
  const { value, form } = event.currentTarget;
  if (event.key !== 'Enter' || event.shiftKey || value.trim().includes('\n')) return;
  event.preventDefault();
  form?.requestSubmit();
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
