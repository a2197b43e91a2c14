'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { Button, buttonClass } from './button';
import { HeldKey } from './held-key';
import { listLabels } from './list-labels';
import { type FieldValues, useInstantSearch } from './use-instant-search';

type Props = {
  path: string;
  className?: string;
  values: FieldValues;
  /** What the search found, in a few words that fit one line. */
  summary: string;
  /** Whether the page shows the same elsewhere, so that here it is only announced. */
  isSaidElsewhere?: boolean;
  /** What is offered for a whole key in a field; it reads `HeldKey`. */
  keyOffer: ReactNode;
  children: ReactNode;
};

/**
 * A GET form: the address is the state of the list. JavaScript only spares the page load, and the
 * button. Nothing moves under who types: "Clear", which is there while a filter is set, is the last.
 */
export function SearchForm(props: Props) {
  const { path, className = '', values, summary, isSaidElsewhere, keyOffer, children } = props;
  const { searching, heldKey, clear, formProps } = useInstantSearch(path, values);
  return (
    <search aria-busy={searching} className="grid gap-2">
      <form action={path} {...formProps} className={`group filters ${className}`}>
        {children}
        <div className="actions">
          <span className="relative inline-flex">
            <Button type="submit">{listLabels.search}</Button>
            <span
              aria-hidden="true"
              className={`absolute inset-x-1 -bottom-1 h-0.5 bg-accent transition-opacity ${searching ? 'motion-safe:animate-pulse delay-150' : 'opacity-0'}`}
            />
          </span>
          <a href={path} onClick={clear} className={buttonClass('quiet')}>
            {listLabels.clear}
          </a>
        </div>
        <HeldKey value={heldKey}>{keyOffer}</HeldKey>
      </form>
      {isSaidElsewhere ? null : <p className="min-h-[2lh] text-muted sm:min-h-[1lh]">{summary}</p>}
      <Announcement text={summary} searching={searching} />
    </search>
  );
}

/** Somebody who types hears the result when they stop, not one for each letter. */
const breath = 700;

function Announcement({ text, searching }: { text: string; searching: boolean }) {
  const [said, say] = useState('');
  const hasSearched = useRef(false);
  useEffect(() => {
    if (searching) {
      hasSearched.current = true;
      // So that the same words are new words after another search.
      say('');
    }
    if (searching || !hasSearched.current) return;
    const timer = setTimeout(() => say(text), breath);
    return () => clearTimeout(timer);
  }, [text, searching]);
  return (
    <p role="status" className="sr-only">
      {said}
    </p>
  );
}
