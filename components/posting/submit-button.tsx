'use client';

import type { ComponentProps } from 'react';
import { Button } from '../button';
import { SendNotice } from './send-notice';
import type { PostedForm } from './use-form-action';

type Props = ComponentProps<typeof Button> & {
  of: PostedForm;
  /** Where several buttons send one form: whether this one sent what had no answer. */
  isSender?: (sent: FormData) => boolean;
};

/** Sends a form, and says beside itself why there is no answer. */
export function SubmitButton({ of: posted, isSender = () => true, ...button }: Props) {
  const { problem } = posted;
  return (
    <>
      {problem && isSender(problem.sent) ? <SendNotice problem={problem} /> : null}
      <Button type="submit" pending={posted.pending} {...button} />
    </>
  );
}
