'use client';

import { createContext, type ReactNode, use, useState } from 'react';
import { Dialog } from '@/components/dialog';
import { SendNotice } from '@/components/posting/send-notice';
import { useFormAction } from '@/components/posting/use-form-action';
import { Toast } from '@/components/toast';
import type { FormAction } from '@/lib/forms/form-state';
import type { AskedKey, Question } from './asked-of';
import { DeactivateKeyForm } from './deactivate-key-form';
import { DeleteKeyForm } from './delete-key-form';
import type { IssuedSecret } from './issued-secret';
import { questionLabels } from './question-labels';
import { RegenerateKeyForm } from './regenerate-key-form';
import { questionFormId } from './report-forms';
import { SwitchForms } from './switch-forms';
import { type Switched, SwitchedText } from './switched';

type KeyDeskContext = {
  ask: (question: Question, key: AskedKey) => void;
  /** Whether this key is being switched. */
  isSwitching: (id: string) => boolean;
};

const Context = createContext<KeyDeskContext | null>(null);

export function useKeyDesk(): KeyDeskContext {
  const desk = use(Context);
  if (!desk) throw new Error('A key is handled outside its desk.');
  return desk;
}

type Props = {
  regenerateAction: FormAction<IssuedSecret>;
  deleteAction: FormAction;
  switchAction: FormAction<Switched>;
  back: string;
  regenerateFields: ReactNode;
  children: ReactNode;
};

/** Questions and results of all rows in one place: a row may vanish under its own answer. */
export function KeyDesk(props: Props) {
  const { regenerateAction, deleteAction, switchAction, back, regenerateFields, children } = props;
  const [asked, setAsked] = useState<{ question: Question; key: AskedKey } | null>(null);
  const [issued, setIssued] = useState(false);
  const switchForm = useFormAction(switchAction);
  const { state: switched, pending, problem } = switchForm;
  const [switching, setSwitching] = useState<ReadonlySet<string>>(new Set());
  const close = () => setAsked(null);
  const ask = (question: Question, key: AskedKey) => {
    setIssued(false);
    setAsked({ question, key });
  };
  return (
    <Context value={{ ask, isSwitching: (id) => pending && switching.has(id) }}>
      {children}
      <form id={questionFormId} />
      <SwitchForms
        of={switchForm}
        onSubmit={(id) => setSwitching(new Set(pending ? [...switching, id] : [id]))}
      />
      {problem ? (
        <div className="toast">
          <SendNotice problem={problem} />
        </div>
      ) : null}
      {!problem && switched.status === 'done' ? (
        <Toast result={switched} look="good" lasting={switched.data.undo}>
          <SwitchedText switched={switched.data} of={switchForm} />
        </Toast>
      ) : null}
      {!problem && switched.status === 'failed' ? (
        <Toast result={switched} look="bad">
          {switched.message}
        </Toast>
      ) : null}
      <Dialog
        title={
          issued ? questionLabels.issued : questionLabels.titles[asked?.question ?? 'regenerate']
        }
        open={asked !== null}
        onClose={() => {
          // A new secret stays in sight until somebody says that they have it.
          if (!issued) close();
        }}
      >
        {asked?.question === 'delete' ? (
          <DeleteKeyForm asked={asked.key} action={deleteAction} back={back} onCancel={close} />
        ) : null}
        {asked?.question === 'deactivate' ? (
          <DeactivateKeyForm asked={asked.key} action={switchAction} back={back} onCancel={close} />
        ) : null}
        {asked?.question === 'regenerate' ? (
          <RegenerateKeyForm
            asked={asked.key}
            action={regenerateAction}
            back={back}
            fields={regenerateFields}
            onCancel={close}
            onIssued={() => setIssued(true)}
          />
        ) : null}
      </Dialog>
    </Context>
  );
}
