import type { ButtonHTMLAttributes } from 'react';
import type { AskedKey, Question } from './asked-of';
import { useKeyDesk } from './key-desk';
import { questionFormId } from './report-forms';

/**
 * What makes a button of a row ask: in a dialog, and without JavaScript on a page that knows the way
 * back. All of them belong to one form of the desk, for a form in each would double the row.
 */
export function useQuestion(
  question: Question,
  asked: AskedKey,
  back: string,
): ButtonHTMLAttributes<HTMLButtonElement> {
  const { ask } = useKeyDesk();
  return {
    type: 'submit',
    form: questionFormId,
    formAction: `/keys/${asked.id}/${question}`,
    name: 'back',
    value: back,
    onClick: (event) => {
      event.preventDefault();
      ask(question, asked);
    },
  };
}
