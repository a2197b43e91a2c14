'use client';

import { type InputHTMLAttributes, type ReactNode, useId } from 'react';
import { wholeKeySentence } from '@/lib/forms/whole-key';
import { comboboxLabels as labels } from './combobox-labels';
import { controlClass, describedBy, FieldFrame } from './field';
import { HeldKey } from './held-key';
import { usePostedField } from './posting/form-scope';
import { SuggestionList } from './suggestion-list';
import { useCombobox } from './use-combobox';

type Props = Omit<
  InputHTMLAttributes<HTMLInputElement>,
  'onChange' | 'onFocus' | 'onBlur' | 'onKeyDown'
> & {
  label: string;
  name: string;
  defaultValue?: string;
  hint?: string;
  error?: string;
  /** The path that answers with suggestions. */
  from: string;
  /** Whether the field holds several words: then suggestions are for the last of them. */
  several?: boolean;
  /** Whether there is something to suggest before anything is typed. */
  early?: boolean;
  /** What is offered for a whole key in the field; it reads `HeldKey`. */
  keyOffer?: ReactNode;
};

/** Free text with suggestions; without JavaScript just free text. A form around knows what was typed. */
export function Combobox(props: Props) {
  const { label, hint, error, from, several = false, early = false, keyOffer, ...given } = props;
  const id = useId();
  const posted = usePostedField(given.name, given.defaultValue);
  const shown = error ?? posted.error;
  const { input, heldKey, ...list } = useCombobox({ from, several, early });
  const { options, isOpen, active } = list;
  return (
    <FieldFrame id={id} label={label} error={shown} hint={hint}>
      <div className="relative">
        <input
          type="text"
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          {...given}
          {...describedBy(id, shown, hint)}
          ref={input}
          id={id}
          defaultValue={posted.value}
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={isOpen && options.length > 0}
          aria-controls={`${id}-list`}
          aria-activedescendant={active < 0 ? undefined : `${id}-list-${active}`}
          onFocus={early ? (event) => void list.update(event.target.value) : undefined}
          onChange={(event) => void list.update(event.target.value)}
          onBlur={list.close}
          onKeyDown={(event) => {
            if (!list.press(event)) return;
            event.preventDefault();
            // A dialog around would close as well.
            event.stopPropagation();
          }}
          className={controlClass}
        />
        <SuggestionList {...list} id={`${id}-list`} />
      </div>
      <p role="status" className="sr-only">
        {isOpen ? labels.found(options.length) : ''}
      </p>
      <HeldKey value={heldKey}>
        {heldKey ? (keyOffer ?? <p>{wholeKeySentence}</p>) : keyOffer}
      </HeldKey>
    </FieldFrame>
  );
}
