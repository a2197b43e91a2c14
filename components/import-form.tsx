'use client';

import Link from 'next/link';
import { type ReactNode, useActionState } from 'react';
import { type FormAction, idle } from '@/lib/form-state';
import { Button, buttonClass } from './button';
import { ImportProgress } from './import-progress';
import { Notice } from './notice';

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

/** The last step of an import: all lines of a checked file, or a way back where one is wrong. */
export function ImportForm({ nouns: [one, several], ...props }: Props) {
  const { action, id, list, lines, errors, children } = props;
  const [state, submit, pending] = useActionState(action, idle);
  return (
    <>
      {state.status === 'failed' ? <Notice look="bad">{state.message}</Notice> : null}
      {pending ? (
        <ImportProgress from={`${list}/import/${id}/progress`} total={lines} things={several} />
      ) : null}
      <div className="flex flex-wrap gap-2">
        {errors === 0 ? (
          <form action={submit} className="contents">
            <input type="hidden" name="id" value={id} />
            {children ? <div className="basis-full">{children}</div> : null}
            <Button type="submit" look="primary" pending={pending}>
              Import {lines.toLocaleString('en')} {lines === 1 ? one : several}
            </Button>
          </form>
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
