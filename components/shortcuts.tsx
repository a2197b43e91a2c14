'use client';

import { useEffect, useState } from 'react';
import { Button } from './button';
import { Dialog } from './dialog';
import { shortcutLabels as labels } from './shortcut-labels';

/** `/` goes to the search, `n` adds, `?` shows both. Never while somebody types, or is asked something. */
export function Shortcuts() {
  const [isShown, show] = useState(false);
  useEffect(() => {
    function press(event: KeyboardEvent) {
      if (event.ctrlKey || event.metaKey || event.altKey || isBusy(event.target)) return;
      if (event.key === '/') document.querySelector<HTMLElement>('search input')?.focus();
      else if (event.key === 'n') document.querySelector<HTMLElement>('[data-key="n"]')?.click();
      else if (event.key === '?') show(true);
      else return;
      event.preventDefault();
    }
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, []);
  return (
    <Dialog title={labels.title} open={isShown} onClose={() => show(false)}>
      <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
        {labels.keys.map(([key, text]) => (
          <div key={key} className="contents">
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
      <div>
        <Button onClick={() => show(false)}>{labels.close}</Button>
      </div>
    </Dialog>
  );
}

const isBusy = (target: EventTarget | null) =>
  document.querySelector('dialog:modal') !== null ||
  (target instanceof HTMLElement &&
    (target.isContentEditable ||
      target.matches('input:not([type="checkbox"], [type="radio"]), select, textarea')));
