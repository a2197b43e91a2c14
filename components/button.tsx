import type { ButtonHTMLAttributes } from 'react';

const looks = [
  'primary',
  'secondary',
  'good',
  'danger',
  /** In a question: what it is about will be lost. */
  'destructive',
  'quiet',
] as const;

export type ButtonLook = (typeof looks)[number];

/** The classes of a button, for links that look like one. */
export const buttonClass = (look: ButtonLook = 'secondary', size: 'small' | 'normal' = 'normal') =>
  `button ${look}${size === 'small' ? ' small' : ''}`;

type Props = ButtonHTMLAttributes<HTMLButtonElement> & {
  look?: ButtonLook;
  size?: 'small' | 'normal';
  /** Its work is under way: pressing again does nothing, and says so to screen readers. */
  pending?: boolean;
};

export function Button({ look, size, pending, children, className = '', ...rest }: Props) {
  return (
    <button
      type="button"
      {...rest}
      disabled={rest.disabled || pending}
      aria-busy={pending || undefined}
      className={`${buttonClass(look, size)} ${className}`.trim()}
    >
      {pending ? <Spinner /> : null}
      {children}
    </button>
  );
}

function Spinner() {
  return (
    <span
      aria-hidden="true"
      className="size-3.5 motion-safe:animate-spin rounded-full border-2 border-current border-r-transparent"
    />
  );
}
