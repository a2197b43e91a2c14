'use client';

import Link from 'next/link';
import type { ReactNode } from 'react';
import type { FormAction } from '@/lib/forms/form-state';
import { buttonClass } from './button';
import { ImportProgress } from './import-progress';
import { Notice } from './notice';
import { ActionForm } from './posting/action-form';
import { SubmitButton } from './posting/submit-button';
import { useFormAction } from './posting/use-form-action';

type Props = {
  action: FormAction;
  id: string;
  /** Where the list is that is imported into; its import lies below. */
  list: '/keys' | '/users';
  lines: number;
  errors: number;
  /** What a line becomes: one, and several. */
  nouns: [one: string, several: string];
  /** What has to be agreed to. */
  children?: ReactNode;
};

/** In milliseconds, on a slow machine. */
const timePerLine = 5;

/** The last step of an import: all lines of a checked file, or a way back where one is wrong. */
export function ImportForm({ nouns: [one, several], ...props }: Props) {
  const { action, id, list, lines, errors, children } = props;
  const posted = useFormAction(action, { longer: () => lines * timePerLine });
  const { state, pending } = posted;
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {pending ? (
        <ImportProgress from={`${list}/import/${id}/progress`} total={lines} things={several} />
      ) : null}
      <div className="flex flex-wrap gap-2">
        {errors === 0 ? (
          <ActionForm of={posted} className="contents">
            <input type="hidden" name="id" value={id} />
            {children ? <div className="basis-full">{children}</div> : null}
            <SubmitButton of={posted} look="primary">
              Import {lines.toLocaleString('en')} {lines === 1 ? one : several}
            </SubmitButton>
          </ActionForm>
        ) : null}
        <Link prefetch={false} href={`${list}/import`} className={buttonClass()}>
          Check another file
        </Link>
        <Link prefetch={false} href={list} className={buttonClass('quiet')}>
          Cancel
        </Link>
      </div>
    </>
  );
}
