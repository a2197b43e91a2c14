import type { ButtonHTMLAttributes } from 'react';

const looks = {
  primary: 'border-transparent bg-accent text-on-accent hover:bg-accent-strong',
  secondary: 'border-line-strong bg-surface text-ink hover:bg-sunken',
  good: 'border-good bg-good-soft text-good hover:bg-surface',
  danger: 'border-danger bg-surface text-danger hover:bg-danger-soft',
  /** In a question: what it is about will be lost. */
  destructive: 'border-transparent bg-danger text-surface hover:bg-danger-strong',
  quiet: 'border-transparent text-accent hover:bg-accent-soft',
} as const;

export type ButtonLook = keyof typeof looks;

/** The classes of a button, for links that look like one. */
export function buttonClass(look: ButtonLook = 'secondary', size: 'small' | 'normal' = 'normal') {
  const room = size === 'small' ? 'min-h-8 px-2.5' : 'min-h-10 px-4';
  return `inline-flex items-center justify-center gap-2 rounded-md border font-medium whitespace-nowrap no-underline transition-colors disabled:opacity-60 ${room} ${looks[look]}`;
}

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
      className={`${buttonClass(look, size)} ${className}`}
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
