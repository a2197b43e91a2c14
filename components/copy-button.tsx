'use client';

import { useState } from 'react';
import { Button } from './button';

/** Copies a text and says so. */
export function CopyButton({ text }: { text: string }) {
  const [result, setResult] = useState<'copied' | 'failed' | null>(null);
  return (
    <>
      <Button
        look="primary"
        onClick={async (event) => {
          const beside = event.currentTarget.parentElement ?? document.body;
          setResult((await copyText(text, beside)) ? 'copied' : 'failed');
        }}
      >
        Copy
      </Button>
      <span role="status" className="self-center text-muted">
        {result === 'copied' ? 'Copied.' : null}
        {result === 'failed' ? 'Could not copy: select the text and copy it by hand.' : null}
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
  const area = document.createElement('textarea');
  area.value = text;
  area.readOnly = true;
  area.className = 'sr-only';
  beside.append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}
