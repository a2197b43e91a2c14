'use client';

import { type InputHTMLAttributes, type ReactNode, useId, useRef, useState } from 'react';
import { findWholeKey, wholeKeySentence } from '@/lib/forms/whole-key';
import { controlClass, describedBy, FieldFrame } from './field';
import { HeldKey } from './held-key';
import { usePostedField } from './posting/form-scope';

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'onChange' | 'onFocus'> & {
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
export function SuggestedField({
  label,
  hint,
  error,
  from,
  several,
  early,
  keyOffer,
  ...input
}: Props) {
  const id = useId();
  const posted = usePostedField(input.name, input.defaultValue);
  const shown = error ?? posted.error;
  const [values, setValues] = useState<string[]>([]);
  const [heldKey, holdKey] = useState('');
  const latest = useRef(0);
  async function update(text: string) {
    const turn = ++latest.current;
    const key = findWholeKey(text) ?? '';
    holdKey(key);
    if (key) return setValues([]);
    const ask = several ? suggestNext : suggestionsFrom;
    const answer = await ask(from, text).catch(() => null);
    // Answers can overtake each other: only the one to the latest text counts.
    if (answer && turn === latest.current) setValues(answer);
  }
  return (
    <FieldFrame id={id} label={label} error={shown} hint={hint}>
      <input
        type="text"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        {...input}
        {...describedBy(id, shown, hint)}
        defaultValue={posted.value}
        id={id}
        list={`${id}-values`}
        onFocus={early ? (event) => void update(event.target.value) : undefined}
        onChange={(event) => void update(event.target.value)}
        className={controlClass}
      />
      <datalist id={`${id}-values`}>
        {values.map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
      <HeldKey value={heldKey}>
        {heldKey ? (keyOffer ?? <p>{wholeKeySentence}</p>) : keyOffer}
      </HeldKey>
    </FieldFrame>
  );
}

/** What the address answers with, of which anything but a list of texts is nothing. */
export async function suggestionsFrom(path: string, text: string): Promise<string[]> {
  const answer = await fetch(`${path}?q=${encodeURIComponent(text)}`);
  return answer.ok ? ((await answer.json()) as string[]) : [];
}

const mostShown = 10;

/** A suggestion stands for the whole field: the words before the last one stay in it. */
async function suggestNext(path: string, text: string): Promise<string[]> {
  const last = /[^\s,]*$/.exec(text)?.[0] ?? '';
  const before = text.slice(0, text.length - last.length);
  const taken = new Set(before.split(/[\s,]+/));
  const words = await suggestionsFrom(path, last);
  return words
    .filter((word) => !taken.has(word))
    .slice(0, mostShown)
    .map((word) => before + word);
}
