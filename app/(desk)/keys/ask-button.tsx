'use client';

import { Button } from '@/components/button';
import { type AskedKey, type Question, useKeyDesk } from './key-desk';

type Props = {
  question: Question;
  asked: AskedKey;
  back: string;
  text: string;
  look?: 'secondary' | 'danger';
};

/** Opens the question as a dialog; without JavaScript, as a page of its own. */
export function AskButton({ question, asked, back, text, look = 'secondary' }: Props) {
  const { ask } = useKeyDesk();
  return (
    <form
      action={`/keys/${asked.id}/${question}`}
      onSubmit={(event) => {
        event.preventDefault();
        ask(question, asked);
      }}
    >
      <input type="hidden" name="back" value={back} />
      <Button type="submit" size="small" look={look} aria-describedby={`owner-${asked.id}`}>
        {text}
      </Button>
    </form>
  );
}
