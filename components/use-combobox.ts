'use client';

import { type KeyboardEvent, useRef, useState } from 'react';
import { findWholeKey } from '@/lib/forms/whole-key';
import { type Suggestion, suggestionsForLast, suggestionsFrom } from './suggestions';

type Asked = { from: string; several: boolean; early: boolean };

/** No option is the one that "Enter" takes. */
const none = -1;

/** The suggestions of a field, which of them is pointed at, and what the keys of the keyboard do. */
export function useCombobox({ from, several, early }: Asked) {
  const input = useRef<HTMLInputElement>(null);
  const latest = useRef(0);
  const [heldKey, holdKey] = useState('');
  const [options, setOptions] = useState<Suggestion[]>([]);
  const [isOpen, setOpen] = useState(false);
  const [active, point] = useState(none);

  function close() {
    latest.current++;
    setOpen(false);
    point(none);
  }

  async function update(text: string) {
    const key = findWholeKey(text) ?? '';
    holdKey(key);
    point(none);
    const turn = ++latest.current;
    if (key || (text.trim() === '' && !early)) return close();
    const ask = several ? suggestionsForLast : suggestionsFrom;
    const found = await ask(from, text).catch(() => null);
    // Answers can overtake each other: only the one to the latest text counts.
    if (!found || turn !== latest.current) return;
    point(none);
    setOptions(found);
    setOpen(document.activeElement === input.current);
  }

  function take(option: Suggestion | undefined) {
    if (!option || option.isDisabled || !input.current) return;
    input.current.value = option.value;
    close();
  }

  /** Whether the key was for the list. */
  function press({ key, altKey }: KeyboardEvent): boolean {
    const last = options.length - 1;
    if (key === 'ArrowDown' && (!isOpen || altKey)) {
      void update(input.current?.value ?? '');
      return true;
    }
    if (!isOpen || last < 0) return false;
    const moves: Record<string, number> = {
      ArrowDown: active === last ? 0 : active + 1,
      ArrowUp: active <= 0 ? last : active - 1,
      ...(active === none ? {} : { Home: 0, End: last }),
    };
    const next = moves[key];
    if (next !== undefined) point(next);
    else if (key === 'Escape') close();
    else if (key === 'Enter' && active !== none) take(options[active]);
    else return false;
    return true;
  }

  return { input, heldKey, options, isOpen, active, update, take, press, close };
}
