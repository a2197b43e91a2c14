'use client';

import { useEffect, useRef } from 'react';
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
  return (
    <tbody ref={useQuestions(rows)}>
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
 * Asks in a dialog what the page would ask that a button of a row names. One listener for all rows: with
 * a handler of its own, each button would be a component.
 */
function useQuestions(rows: RowFacts[]) {
  const { ask } = useKeyDesk();
  const body = useRef<HTMLTableSectionElement>(null);
  const answer = (event: MouseEvent) => {
    const button = event.target instanceof Element ? event.target.closest('button') : null;
    const path = button?.getAttribute('formaction') ?? '';
    const [, id, question = ''] = /^\/keys\/([^/]+)\/(\w+)$/.exec(path) ?? [];
    const row = rows.find((one) => one.id === id);
    if (!row || !isQuestion(question)) return;
    event.preventDefault();
    ask(question, askedOfRow(row));
  };
  const latest = useRef(answer);
  latest.current = answer;
  useEffect(() => {
    const listen = (event: MouseEvent) => latest.current(event);
    const element = body.current;
    element?.addEventListener('click', listen);
    return () => element?.removeEventListener('click', listen);
  }, []);
  return body;
}
