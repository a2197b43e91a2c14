'use client';

import { Combobox } from '@/components/combobox';
import { usePostedField } from '@/components/posting/form-scope';
import type { KeyAction } from '@/lib/users/disable-user-input';
import { keyActions, disableLabels as labels } from './disable-labels';

/**
 * What may happen to the keys; none is chosen at first. The new owner is asked for where the keys are
 * transferred: style alone shows the field, so it is there without JavaScript as well.
 */
export function KeyActionField() {
  const { value: chosen, error } = usePostedField('keyAction');
  return (
    <fieldset className="panel grid gap-3 p-4">
      <legend className="sr-only">{labels.group}</legend>
      {Object.entries(keyActions).map(([keyAction, { label, hint }]) => (
        <div key={keyAction} className="group grid gap-2">
          <label className="flex items-start gap-2">
            <input
              type="radio"
              name="keyAction"
              value={keyAction}
              defaultChecked={keyAction === chosen}
              className="mt-1 size-4 accent-accent"
            />
            <span>
              <span className="block font-medium">{label}</span>
              <span className="block text-muted">{hint}</span>
            </span>
          </label>
          {keyAction === ('transfer' satisfies KeyAction) ? (
            <div className="hidden max-w-sm pl-6 group-has-checked:block">
              <Combobox
                label={labels.newOwner}
                name="to"
                hint={labels.newOwnerHint}
                from="/users/suggestions"
              />
            </div>
          ) : null}
        </div>
      ))}
      {error ? (
        <p role="alert" className="font-medium text-danger">
          {error}
        </p>
      ) : null}
    </fieldset>
  );
}
