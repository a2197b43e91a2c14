'use client';

import { unstable_rethrow } from 'next/navigation';
import { type RefObject, useActionState, useRef, useState } from 'react';
import { type FormAction, type FormState, idle } from '@/lib/forms/form-state';
import { keepEntries } from './kept-entries';
import { leadsToProof, problemOf, type SendProblem } from './send-problem';
import { withMorePatience } from './watch-posts';

/** A form and what became of it, for its fields, its buttons and the form itself. */
export type PostedForm<Data = unknown> = {
  /** What the server said last. */
  state: FormState<Data>;
  submit: (form: FormData) => void;
  pending: boolean;
  /** Why the last one sent has no answer, and what it was; null where it has one. */
  problem: (SendProblem & { sent: FormData }) | null;
  /** Whether the fields must stay as they are, for the moment in which they would be emptied. */
  unanswered: RefObject<boolean>;
};

type Options = {
  /** By how many milliseconds this one may take longer than others. */
  longer?: (form: FormData) => number;
};

/**
 * The one way to send a form to its action. What happens on the way becomes a problem that is told at
 * the button, and changes nothing else: what was said before and what was typed stay.
 */
export function useFormAction<Data>(
  action: FormAction<Data>,
  { longer }: Options = {},
): PostedForm<Data> {
  const [problem, setProblem] = useState<PostedForm['problem']>(null);
  const unanswered = useRef(false);

  async function send(previous: FormState<Data>, form: FormData): Promise<FormState<Data>> {
    try {
      // What was said before is the page's alone: it may hold a secret.
      const answer = await withMorePatience(longer?.(form) ?? 0, () => action(idle, form));
      unanswered.current = false;
      setProblem(null);
      return answer;
    } catch (error) {
      if (leadsToProof(error)) keepEntries();
      // A redirect is an answer.
      unstable_rethrow(error);
      unanswered.current = true;
      setProblem({ ...problemOf(error), sent: form });
      return previous;
    }
  }

  // Rendered on the server, it is the action itself that the form posts to without JavaScript.
  const [state, submit, pending] = useActionState<FormState<Data>, FormData>(
    typeof window === 'undefined' ? action : send,
    idle,
  );
  return { state, submit, pending, problem: pending ? null : problem, unanswered };
}
