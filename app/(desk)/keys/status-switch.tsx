'use client';

import type { ButtonHTMLAttributes } from 'react';
import { useFormStatus } from 'react-dom';
import { type AskedKey, useKeyDesk } from './key-desk';
import { useQuestion } from './use-question';

type Props = { asked: AskedKey; active: boolean; back: string };

/**
 * Asks for a state, never for "the other one", so that repeating it is harmless. Switching off what
 * is in use is a question first: a dialog, or without JavaScript a page.
 */
export function StatusSwitch({ asked, active, back }: Props) {
  const { submitSwitch } = useKeyDesk();
  const question = useQuestion('deactivate', asked, back);
  const describedBy = `owner-${asked.id}`;
  if (active && asked.usedLately) return <Switch {...question} active describedBy={describedBy} />;
  return (
    <form action={submitSwitch}>
      <input type="hidden" name="id" value={asked.id} />
      <input type="hidden" name="active" value={active ? 'no' : 'yes'} />
      <Switch active={active} describedBy={describedBy} />
    </form>
  );
}

type SwitchProps = ButtonHTMLAttributes<HTMLButtonElement> & {
  active: boolean;
  describedBy: string;
};

/** Shows the new state at once, and the old one again should it be refused. */
function Switch({ active, describedBy, ...button }: SwitchProps) {
  const { pending } = useFormStatus();
  return (
    <button
      type="submit"
      {...button}
      role="switch"
      aria-checked={pending ? !active : active}
      aria-label="Active"
      aria-describedby={describedBy}
      className="group inline-flex min-h-8 items-center rounded-full px-1"
    >
      <span
        aria-hidden="true"
        className="h-5 w-9 rounded-full border border-line-strong bg-sunken p-0.5 transition-colors group-aria-checked:border-good group-aria-checked:bg-good"
      >
        <span className="block size-3.5 rounded-full bg-line-strong transition-transform group-aria-checked:translate-x-4 group-aria-checked:bg-surface" />
      </span>
    </button>
  );
}
