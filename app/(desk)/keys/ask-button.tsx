'use client';

import { Button } from '@/components/button';
import type { AskedKey, Question } from './asked-of';
import { useQuestion } from './use-question';

type Props = {
  question: Question;
  asked: AskedKey;
  back: string;
  text: string;
  look?: 'secondary' | 'danger';
};

/** Opens the question as a dialog; without JavaScript, as a page of its own. */
export function AskButton({ question, asked, back, text, look = 'secondary' }: Props) {
  return (
    <Button
      {...useQuestion(question, asked, back)}
      size="small"
      look={look}
      aria-describedby={`owner-${asked.id}`}
    >
      {text}
    </Button>
  );
}
