'use client';

import { useState } from 'react';
import { Button, type ButtonLook } from './button';
import { componentLabels } from './component-labels';

type Props = {
  text: string;
  label?: string;
  look?: ButtonLook;
  /** Where the text has just appeared: copying it comes next. */
  autoFocus?: boolean;
  onCopied?: () => void;
};

const { copy, copied, copyFailed } = componentLabels;

/** Copies a text and says so inside itself, so that nothing beside it moves. */
export function CopyButton({ text, label = copy, look = 'primary', autoFocus, onCopied }: Props) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  return (
    <>
      <Button
        look={look}
        autoFocus={autoFocus}
        className="min-w-32"
        onClick={async (event) => {
          const beside = event.currentTarget.parentElement ?? document.body;
          const done = await copyText(text, beside);
          setResult(done ? 'copied' : 'failed');
          if (done) onCopied?.();
        }}
      >
        {result === 'copied' ? `${copied} ✓` : label}
      </Button>
      <span role="status" className={result === 'failed' ? 'self-center text-danger' : 'sr-only'}>
        {result === 'copied' ? copied : null}
        {result === 'failed' ? copyFailed : null}
      </span>
    </>
  );
}

/** The clipboard API exists only over https and on localhost; self-hosted desks often have neither. */
async function copyText(text: string, beside: Element): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text, beside);
  }
}

/** Beside the button, because a modal dialog keeps focus from everything outside it. */
function copyBySelection(text: string, beside: Element): boolean {
  const focused = document.activeElement;
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'sr-only';
  beside.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  if (focused instanceof HTMLElement) focused.focus();
  return copied;
}
