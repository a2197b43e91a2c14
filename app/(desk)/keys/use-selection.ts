'use client';

import { useEffect, useState } from 'react';
import { bulkFormId } from './report-forms';

/**
 * How many rows are ticked: null before JavaScript counts. With the shift key a tick takes along all
 * rows from the last one; the box in the head ticks the page.
 */
export function useSelection(): number | null {
  const [selected, setSelected] = useState<number | null>(null);
  useEffect(() => {
    let last: HTMLInputElement | null = null;
    const leaving = new AbortController();
    function count() {
      const all = boxes();
      const ticked = all.filter(({ checked }) => checked).length;
      const page = pageBox();
      if (page) {
        page.checked = ticked > 0 && ticked === all.length;
        page.indeterminate = ticked > 0 && !page.checked;
      }
      setSelected(ticked);
    }
    function tick({ target, shiftKey }: MouseEvent) {
      const all = boxes();
      if (target === pageBox()) {
        for (const box of all) box.checked = (target as HTMLInputElement).checked;
        return count();
      }
      const box = all.find((one) => one === target);
      if (!box) return;
      if (shiftKey && last) {
        const [from = 0, to = 0] = [all.indexOf(box), all.indexOf(last)].sort((a, b) => a - b);
        for (const one of all.slice(Math.max(from, 0), to + 1)) one.checked = box.checked;
      }
      last = box;
      count();
    }
    count();
    document.addEventListener('click', tick, leaving);
    // The event comes before the boxes are empty.
    document.addEventListener('reset', () => setTimeout(count), leaving);
    return () => leaving.abort();
  }, []);
  return selected;
}

const boxes = () => [
  ...document.querySelectorAll<HTMLInputElement>(`input[name="key"][form="${bulkFormId}"]`),
];

const pageBox = () => document.querySelector<HTMLInputElement>('#select-page');
