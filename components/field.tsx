import type { ReactNode } from 'react';

export const controlClass =
  'min-h-10 w-full rounded-md border border-line-strong bg-surface px-3 text-ink aria-invalid:border-danger';

type FrameProps = {
  label: string;
  id: string;
  error?: string;
  hint?: string;
  children: ReactNode;
};

/** Label above, hint and error below, tied to the control by id. */
export function FieldFrame({ label, id, error, hint, children }: FrameProps) {
  return (
    <div className="grid gap-1">
      <label htmlFor={id} className="font-medium">
        {label}
      </label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="font-medium text-danger wrap-anywhere">
          {error}
        </p>
      ) : null}
    </div>
  );
}

/** What ties a control to its hint and error. */
export function describedBy(id: string, error?: string, hint?: string) {
  const ids = [error ? `${id}-error` : '', hint ? `${id}-hint` : ''].filter(Boolean).join(' ');
  return {
    'aria-invalid': error ? true : undefined,
    'aria-describedby': ids || undefined,
  } as const;
}
