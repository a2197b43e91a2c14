'use client';

import { useEffect } from 'react';

/**
 * Keeps the focus where work goes on. When what had it disappears with an answer, or was disabled until
 * the answer came, focus would fall to the body, and whoever uses the keyboard would start anew.
 */
export function FocusKeeper() {
  useEffect(() => {
    let path: Element[] = [];
    let frame = 0;
    const keep = ({ target }: FocusEvent) => {
      path = target instanceof Element && target !== document.body ? ancestors(target) : [];
    };
    const look = () => {
      cancelAnimationFrame(frame);
      frame = requestAnimationFrame(() => nextOf(path)?.focus());
    };
    const observer = new MutationObserver(look);
    observer.observe(document.body, {
      subtree: true,
      childList: true,
      attributes: true,
      attributeFilter: ['disabled', 'aria-invalid', 'open'],
    });
    document.addEventListener('focusin', keep);
    return () => {
      observer.disconnect();
      cancelAnimationFrame(frame);
      document.removeEventListener('focusin', keep);
    };
  }, []);
  return null;
}

const ancestors = (element: Element): Element[] =>
  element.parentElement ? [element, ...ancestors(element.parentElement)] : [element];

/** What should have the focus instead of the body; null where it is well or still to come. */
function nextOf(path: Element[]): HTMLElement | null {
  const [last] = path;
  const { activeElement, body } = document;
  if (!last || (activeElement && activeElement !== body)) return null;
  const isThere = last.isConnected && last.checkVisibility();
  // Its answer is awaited.
  if (isThere && last.matches(':disabled')) return null;
  const modal = document.querySelector('dialog:modal');
  const around = path.filter((one) => one.isConnected && (!modal || modal.contains(one)));
  if (isThere && !last.matches('button, input, select, textarea, a')) return null;
  if (isThere)
    return firstIn(around.slice(1, 4), ['[aria-invalid="true"]']) ?? (last as HTMLElement);
  return firstIn(around.length > 0 ? around : [modal ?? body], goals);
}

/** In this order: an error, what is to be done next, news, and whatever can be pressed. */
const goals = [
  '[aria-invalid="true"]',
  '[data-next]',
  '[role="alert"], [role="status"]:not(.sr-only)',
  'button:not(:disabled), a[href], input:not([type="hidden"]), h1',
];

/** The first goal in the nearest element that has one. */
function firstIn(around: Element[], wanted: string[]): HTMLElement | null {
  for (const element of around) {
    for (const goal of wanted) {
      const found = [...element.querySelectorAll<HTMLElement>(goal)].find((one) =>
        one.checkVisibility(),
      );
      if (!found) continue;
      if (found.tabIndex < 0) found.tabIndex = -1;
      return found;
    }
  }
  return null;
}
