'use client';

import type { MouseEvent } from 'react';
import { isQuestion } from './asked-of';
import { useKeyDesk } from './key-desk';
import { KeyRow } from './key-row';
import { askedOfRow, type RowFacts } from './row-facts';

type Props = {
  rows: RowFacts[];
  firstNumber: number;
  now: number;
  mayChange: boolean;
  /** The key that was made a moment ago. */
  added?: string | undefined;
};

/** Made in the browser too, so that rows travel as their few facts and not once more as all their elements. */
export function KeyRows({ rows, firstNumber, now, mayChange, added }: Props) {
  const { isSwitching } = useKeyDesk();
  const askForRow = useQuestions(rows);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: its buttons make clicks of keys
    <tbody onClick={askForRow}>
      {rows.map((row, index) => (
        <KeyRow
          key={row.id}
          row={row}
          number={firstNumber + index}
          now={now}
          mayChange={mayChange}
          isSwitching={isSwitching(row.id)}
          isNew={row.id === added}
        />
      ))}
    </tbody>
  );
}

/**
 * Asks in a dialog what the page would ask that a button of a row names. One handler for all rows: with
 * a handler of its own, each button would be a component.
 */
function useQuestions(rows: RowFacts[]) {
  const { ask } = useKeyDesk();
  return (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const path = button?.getAttribute('formaction') ?? '';
    const [, id, question = ''] = /^\/keys\/([^/]+)\/(\w+)$/.exec(path) ?? [];
    const row = rows.find((one) => one.id === id);
    if (!row || !isQuestion(question)) return;
    event.preventDefault();
    ask(question, askedOfRow(row));
  };
}
