'use client';

import type { ComponentProps } from 'react';
import { Button } from '../button';
import { usePostedForm } from './form-scope';
import { SendNotice } from './send-notice';
import type { PostedForm } from './use-form-action';

type Props = ComponentProps<typeof Button> & {
  /** Where a component in the browser holds the form; otherwise it is the one of the `FormScope`. */
  of?: PostedForm;
  /** Where several buttons send one form: whether this one sent what had no answer. */
  isSender?: (sent: FormData) => boolean;
};

/** Sends a form, and says beside itself why there is no answer. */
export function SubmitButton({ of, isSender = () => true, ...button }: Props) {
  const { problem, pending } = usePostedForm(of);
  return (
    <>
      {problem && isSender(problem.sent) ? <SendNotice problem={problem} /> : null}
      <Button type="submit" pending={pending} {...button} />
    </>
  );
}
