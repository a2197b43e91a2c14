'use client';

import type { ComponentProps } from 'react';
import { Button } from '../button';
import { usePostedForm } from './form-scope';
import { SendNotice } from './send-notice';
import type { PostedForm } from './use-form-action';

type Props = ComponentProps<typeof Button> & {
  /** Where a component in the browser holds the form; otherwise it is the one of the `FormScope`. */
  of?: PostedForm;
  /** Whether this button sent what had no answer, where its name and value do not say so. */
  isSender?: (sent: FormData) => boolean;
};

/** Sends a form, and says beside itself why there is no answer. Of several buttons, the pressed one says it. */
export function SubmitButton({ of, isSender, ...button }: Props) {
  const { problem, pending } = usePostedForm(of);
  const { name, value } = button;
  const isOurs = isSender ?? ((sent) => !name || sent.get(name) === value);
  return (
    <>
      {problem && isOurs(problem.sent) ? <SendNotice problem={problem} /> : null}
      <Button type="submit" pending={pending} {...button} />
    </>
  );
}
