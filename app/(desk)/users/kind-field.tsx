'use client';

import { useId } from 'react';
import { Combobox } from '@/components/combobox';
import { usePostedField } from '@/components/posting/form-scope';
import type { UserSummary } from '@/lib/users/find-user';
import { userLabels as labels } from './user-labels';

type Kind = UserSummary['kind'];

/**
 * Person or service, and who answers for a service. Style alone shows that field, so it is there without
 * JavaScript as well.
 */
export function KindField({ kind, responsible }: { kind: Kind; responsible: string }) {
  const id = useId();
  const { value, error } = usePostedField('kind', kind);
  return (
    <div role="radiogroup" aria-labelledby={id} className="group grid gap-1">
      <span id={id} className="font-medium">
        {labels.kind}
      </span>
      <div className="flex gap-2">
        {(['person', 'service'] as const).map((one) => (
          <label key={one} className="flex min-h-10 items-center gap-2 rounded-md pr-4">
            <input
              type="radio"
              name="kind"
              value={one}
              defaultChecked={value === one}
              className="size-4 accent-accent"
            />
            {labels.kinds[one]}
          </label>
        ))}
      </div>
      {error ? (
        <p role="alert" className="font-medium text-danger">
          {error}
        </p>
      ) : null}
      <div className="hidden group-has-[[value=service]:checked]:block">
        <Combobox
          label={labels.responsible}
          name="responsible"
          defaultValue={responsible}
          hint={labels.responsibleHint}
          from="/users/suggestions"
        />
      </div>
    </div>
  );
}
