import type { ReactNode } from 'react';

export const controlClass = 'control';

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
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
      {hint ? (
        <p id={`${id}-hint`} className="text-muted">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} role="alert" className="problem">
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
