'use client';

import { type ReactNode, useEffect, useId, useRef } from 'react';

type Props = {
  title: string;
  open: boolean;
  /** Asked for by Escape; the owner decides whether `open` becomes false. */
  onClose: () => void;
  children: ReactNode;
};

/** A modal dialog: the browser traps focus and gives it back. */
export function Dialog({ title, open, onClose, children }: Props) {
  const ref = useRef<HTMLDialogElement>(null);
  const opener = useRef<Element | null>(null);
  const titleId = useId();
  useEffect(() => {
    const dialog = ref.current;
    if (open && !dialog?.open) {
      opener.current = document.activeElement;
      dialog?.showModal();
      dialog?.querySelector<HTMLElement>('[data-first]')?.focus();
    }
    if (!open && dialog?.open) {
      dialog.close();
      menuButtonOf(opener.current)?.focus();
    }
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-labelledby={titleId}
      onKeyDown={(event) => {
        // Browsers let a second Escape close a dialog whose owner refused the first one.
        if (event.key !== 'Escape') return;
        event.preventDefault();
        onClose();
      }}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      className="m-auto w-[min(34rem,calc(100vw-2rem))] panel p-5 text-ink shadow-xl"
    >
      {open ? (
        <div className="grid gap-4">
          <h2 id={titleId}>{title}</h2>
          {children}
        </div>
      ) : null}
    </dialog>
  );
}

/** Where a menu is shown from: with the menu, the button in it is gone that the dialog was opened by. */
function menuButtonOf(opener: Element | null): HTMLElement | null {
  const menu = document.activeElement === document.body ? opener?.closest('[popover]') : null;
  return menu ? document.querySelector<HTMLElement>(`[popovertarget="${menu.id}"]`) : null;
}
