import { useId } from 'react';

type Props = { label: string; name: string; defaultValue: 'yes' | 'no'; error?: string };

/** A question with two answers. */
export function YesNo({ label, name, defaultValue, error }: Props) {
  const id = useId();
  return (
    <div role="radiogroup" aria-labelledby={id} className="grid gap-1">
      <span id={id} className="font-medium">
        {label}
      </span>
      <div className="flex gap-2">
        <Answer name={name} value="yes" text="Yes" checked={defaultValue === 'yes'} />
        <Answer name={name} value="no" text="No" checked={defaultValue === 'no'} />
      </div>
      {error ? (
        <p role="alert" className="font-medium text-danger">
          {error}
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
