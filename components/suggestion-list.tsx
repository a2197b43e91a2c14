'use client';

import { useEffect } from 'react';
import { comboboxLabels as labels } from './combobox-labels';
import type { Suggestion } from './suggestions';

type Props = {
  id: string;
  options: Suggestion[];
  isOpen: boolean;
  /** The one that is pointed at. */
  active: number;
  take: (option: Suggestion) => void;
};

/** The list below a field. The focus stays in the field, which names the option that is pointed at. */
export function SuggestionList({ id, options, isOpen, active, take }: Props) {
  useEffect(() => {
    document.getElementById(`${id}-${active}`)?.scrollIntoView?.({ block: 'nearest' });
  }, [id, active]);
  return (
    <div
      id={id}
      role="listbox"
      aria-label={labels.list}
      hidden={!isOpen || options.length === 0}
      className="panel absolute inset-x-0 top-full z-10 mt-1 max-h-72 overflow-y-auto p-1 shadow-lg"
    >
      {options.map((option, index) => (
        // biome-ignore lint/a11y/useFocusableInteractive: the field keeps the focus and names the option
        // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
        <div
          key={option.value}
          id={`${id}-${index}`}
          role="option"
          aria-selected={index === active}
          aria-disabled={option.isDisabled || undefined}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => take(option)}
          className="flex min-h-9 cursor-pointer flex-wrap items-center gap-x-3 rounded-md px-2 py-1 wrap-anywhere hover:bg-sunken aria-disabled:cursor-default aria-disabled:text-muted aria-selected:bg-accent-soft"
        >
          <bdi className={option.isDisabled ? undefined : 'font-medium'}>{option.value}</bdi>
          {option.beside ? <bdi className="text-muted">{option.beside}</bdi> : null}
          {option.isDisabled ? <span className="ml-auto">{labels.disabled}</span> : null}
        </div>
      ))}
    </div>
  );
}
