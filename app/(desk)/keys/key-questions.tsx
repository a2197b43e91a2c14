'use client';

import { createContext, type ReactNode, use, useState } from 'react';
import { Dialog } from '@/components/dialog';
import type { FormAction } from '@/lib/form-state';
import { DeleteKeyForm, deleteQuestion } from './delete-key-form';
import type { IssuedSecret } from './issued-secret';
import { RegenerateKeyForm, regenerateQuestion } from './regenerate-key-form';

export type Question = 'regenerate' | 'delete';
export type AskedKey = { id: string; username: string; hint: string; version: number };
type Asked = { question: Question; key: AskedKey; time: number };

const AskContext = createContext<(question: Question, key: AskedKey) => void>(() => undefined);

export const useKeyQuestions = () => use(AskContext);

type Props = {
  regenerateAction: FormAction<IssuedSecret>;
  deleteAction: FormAction;
  back: string;
  children: ReactNode;
};

/** One dialog for all rows: a row may vanish under its own question. */
export function KeyQuestions({ regenerateAction, deleteAction, back, children }: Props) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const [issued, setIssued] = useState(false);
  const close = () => setAsked(null);
  const ask = (question: Question, key: AskedKey) => {
    setIssued(false);
    setAsked({ question, key, time: Date.now() });
  };
  return (
    <AskContext value={ask}>
      {children}
      <Dialog
        title={asked?.question === 'delete' ? deleteQuestion : regenerateQuestion}
        open={asked !== null}
        onClose={() => {
          // A new secret stays in sight until somebody says that they have it.
          if (!issued) close();
        }}
      >
        {asked?.question === 'delete' ? (
          <DeleteKeyForm
            key={asked.time}
            asked={asked.key}
            action={deleteAction}
            back={back}
            onCancel={close}
          />
        ) : null}
        {asked?.question === 'regenerate' ? (
          <RegenerateKeyForm
            key={asked.time}
            asked={asked.key}
            action={regenerateAction}
            back={back}
            onCancel={close}
            onIssued={() => setIssued(true)}
          />
        ) : null}
      </Dialog>
    </AskContext>
  );
}
