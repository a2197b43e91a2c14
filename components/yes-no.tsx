'use client';

import { useId } from 'react';
import { componentLabels } from './component-labels';
import { usePostedField } from './posting/form-scope';

type Props = { label: string; name: string; defaultValue: 'yes' | 'no'; error?: string };

/** A question with two answers; the last one is shown again where a form around knows it. */
export function YesNo({ label, name, defaultValue, error }: Props) {
  const id = useId();
  const posted = usePostedField(name, defaultValue);
  const shown = error ?? posted.error;
  return (
    <div role="radiogroup" aria-labelledby={id} className="grid gap-1">
      <span id={id} className="font-medium">
        {label}
      </span>
      <div className="flex gap-2">
        <Answer
          name={name}
          value="yes"
          text={componentLabels.yes}
          checked={posted.value !== 'no'}
        />
        <Answer name={name} value="no" text={componentLabels.no} checked={posted.value === 'no'} />
      </div>
      {shown ? (
        <p role="alert" className="font-medium text-danger">
          {shown}
        </p>
      ) : null}
    </div>
  );
}

type AnswerProps = { name: string; value: string; text: string; checked: boolean };

function Answer({ name, value, text, checked }: AnswerProps) {
  return (
    <label className="flex min-h-10 items-center gap-2 rounded-md pr-4">
      <input
        type="radio"
        name={name}
        value={value}
        defaultChecked={checked}
        className="size-4 accent-accent"
      />
      {text}
    </label>
  );
}
