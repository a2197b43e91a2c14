'use client';

import type { AskedKey } from './asked-of';
import { useKeyDesk } from './key-desk';
import { switchFormId } from './report-forms';
import { rowLabels } from './row-labels';
import { useQuestion } from './use-question';

type Props = { asked: AskedKey; active: boolean; back: string };

/**
 * Asks for a state, never for "the other one", so that repeating it is harmless. Switching off what
 * is in use is a question first: a dialog, or without JavaScript a page. Shows the new state at once,
 * and the old one again should it be refused.
 */
export function StatusSwitch({ asked, active, back }: Props) {
  const { isSwitching } = useKeyDesk();
  const question = useQuestion('deactivate', asked, back);
  const submit = {
    type: 'submit',
    form: switchFormId(!active),
    name: 'id',
    value: asked.id,
  } as const;
  return (
    <button
      {...(active && asked.usedLately ? question : submit)}
      role="switch"
      aria-checked={isSwitching(asked.id) ? !active : active}
      aria-label={rowLabels.active}
      aria-describedby={`owner-${asked.id}`}
      className="switch"
    />
  );
}
