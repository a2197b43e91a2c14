'use client';

import { useEffect, useRef, useState } from 'react';
import { bulkFormId } from './bulk-form-id';

/**
 * How many rows are ticked: null before JavaScript counts. With the shift key a tick takes along all
 * rows from the last one.
 */
export function useSelection() {
  const [selected, setSelected] = useState<number | null>(null);
  const last = useRef<HTMLInputElement | null>(null);
  useEffect(() => {
    const count = () => setSelected(boxes().filter(({ checked }) => checked).length);
    const tick = (event: MouseEvent) => {
      const all = boxes();
      const box = all.find((one) => one === event.target);
      if (!box) return;
      const range = [all.indexOf(box), last.current ? all.indexOf(last.current) : -1].sort(
        (one, other) => one - other,
      );
      if (event.shiftKey && range[0] !== -1) {
        for (const one of all.slice(range[0], (range[1] ?? 0) + 1)) one.checked = box.checked;
      }
      last.current = box;
      count();
    };
    count();
    document.addEventListener('click', tick);
    return () => document.removeEventListener('click', tick);
  }, []);
  function togglePage() {
    const checked = !selected;
    for (const box of boxes()) box.checked = checked;
    setSelected(checked ? boxes().length : 0);
  }
  return { selected, togglePage };
}

function boxes(): HTMLInputElement[] {
  return [
    ...document.querySelectorAll<HTMLInputElement>(`input[name="key"][form="${bulkFormId}"]`),
  ];
}
