'use client';

import { startTransition, use, useState } from 'react';
import { buttonClass } from '@/components/button';
import { HeldKey } from '@/components/held-key';
import { Notice } from '@/components/notice';
import { SubmitButton } from '@/components/posting/submit-button';
import { useFormAction } from '@/components/posting/use-form-action';
import { type FormAction, fieldError } from '@/lib/forms/form-state';
import { tookKey, wholeKeySentence } from '@/lib/forms/whole-key';
import type { IdentifyAnswer } from './actions';
import { IdentifiedRecord } from './identified-record';
import { identifyLabels as labels } from './identify-labels';

type Props = {
  action: FormAction<IdentifyAnswer>;
  /** Where fields take any text without JavaScript, or the page says the same already. */
  only?: 'with JavaScript';
};

/**
 * Stands in a form whose text would go into an address, and offers to post a whole key that somebody
 * has put there. Without JavaScript it is there while a field is invalid, and leads to where one can.
 */
export function WholeKeyOffer({ action, only }: Props) {
  const key = use(HeldKey);
  const posted = useFormAction(action);
  const [sent, setSent] = useState('');
  const isAnswered = sent === key && !posted.pending;
  if (only && !key) return null;
  function send() {
    setSent(key);
    const form = new FormData();
    form.set('secret', key);
    startTransition(() => posted.submit(form));
  }
  return (
    <div
      className={`col-span-full gap-2 ${key ? 'grid' : 'hidden group-has-[[pattern]:invalid]:grid'}`}
    >
      <Notice look="warn">
        <p>{wholeKeySentence}</p>
        <p>{labels.belongsNowhere}</p>
      </Notice>
      {key && isAnswered ? <Answer state={posted.state} /> : null}
      <div>
        {key ? (
          <SubmitButton of={posted} isSender={() => isAnswered} type="button" onClick={send}>
            {labels.identifyThis}
          </SubmitButton>
        ) : (
          <a href={`/keys?wholeKey=${tookKey}`} className={buttonClass()}>
            {labels.identifyThis}
          </a>
        )}
      </div>
    </div>
  );
}

function Answer({ state }: { state: ReturnType<typeof useFormAction<IdentifyAnswer>>['state'] }) {
  const refusal = state.status === 'failed' ? state.message : fieldError(state, 'secret');
  if (refusal) return <Notice look="bad">{refusal}</Notice>;
  if (state.status !== 'done' || 'lines' in state.data) return null;
  return <IdentifiedRecord found={state.data}>{null}</IdentifiedRecord>;
}
