'use client';

import type { ComponentProps } from 'react';
import { Button } from '../button';
import { usePostedForm } from './form-scope';
import { SendNotice } from './send-notice';
import type { PostedForm } from './use-form-action';

type Props = ComponentProps<typeof Button> & {
  /** Where a component in the browser holds the form; otherwise it is the one of the `FormScope`. */
  of?: PostedForm;
  /**
   * Where several buttons send one form: whether this one sent what had no answer. Without it, a button
   * with a name knows by its value.
   */
  isSender?: (sent: FormData) => boolean;
};

/** Sends a form, and says beside itself why there is no answer. */
export function SubmitButton({ of, isSender, ...button }: Props) {
  const { problem, pending } = usePostedForm(of);
  const { name, value } = button;
  const sentThis = isSender ?? ((sent: FormData) => !name || sent.get(name) === value);
  return (
    <>
      {problem && sentThis(problem.sent) ? <SendNotice problem={problem} /> : null}
      <Button type="submit" pending={pending} {...button} />
    </>
  );
}
