import Link from 'next/link';
import type { ReactNode } from 'react';
import type { FormAction } from '@/lib/forms/form-state';
import { buttonClass } from './button';
import { FormMessage } from './form-message';
import { importLabels } from './import-labels';
import { ImportProgress } from './import-progress';
import { ActionForm } from './posting/action-form';
import { FormScope } from './posting/form-scope';
import { SubmitButton } from './posting/submit-button';

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
  return (
    <FormScope action={action} longer={lines * timePerLine}>
      <FormMessage />
      <ImportProgress from={`${list}/import/${id}/progress`} total={lines} things={several} />
      <div className="flex flex-wrap gap-2">
        {errors === 0 ? (
          <ActionForm className="contents">
            <input type="hidden" name="id" value={id} />
            {children ? <div className="basis-full">{children}</div> : null}
            <SubmitButton look="primary">
              {importLabels.importAll(lines, lines === 1 ? one : several)}
            </SubmitButton>
          </ActionForm>
        ) : null}
        <Link prefetch={false} href={`${list}/import`} className={buttonClass()}>
          {importLabels.another}
        </Link>
        <Link prefetch={false} href={list} className={buttonClass('quiet')}>
          {importLabels.cancel}
        </Link>
      </div>
    </FormScope>
  );
}
