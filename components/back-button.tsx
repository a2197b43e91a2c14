import type { ReactNode } from 'react';
import { Button, type ButtonLook } from './button';

/** A button that goes to a page, also without JavaScript: a GET form with the query as its fields. */
export function BackButton({ to, children, look = 'secondary', size, describedBy }: Props) {
  const url = new URL(to, 'http://path');
  return (
    <form action={url.pathname} method="get" className="contents">
      {[...url.searchParams].map(([name, value]) => (
        <input key={`${name}=${value}`} type="hidden" name={name} value={value} />
      ))}
      <Button type="submit" look={look} size={size} aria-describedby={describedBy}>
        {children}
      </Button>
    </form>
  );
}

type Props = {
  to: string;
  children: ReactNode;
  look?: ButtonLook;
  size?: 'small' | 'normal';
  /** The id of what the button is about, where its text alone does not say. */
  describedBy?: string;
};
