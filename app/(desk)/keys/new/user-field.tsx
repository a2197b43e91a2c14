'use client';

import { useId, useRef, useState } from 'react';
import { controlClass, describedBy, FieldFrame } from '@/components/field';

type Props = { defaultValue: string; error?: string; autoFocus: boolean };

/** Free text with suggestions; without JavaScript just free text. */
export function UserField({ defaultValue, error, autoFocus }: Props) {
  const id = useId();
  const [names, setNames] = useState<string[]>([]);
  const latest = useRef(0);
  async function suggest(text: string) {
    const turn = ++latest.current;
    const answer = await fetch(`/users/suggestions?q=${encodeURIComponent(text)}`).catch(
      () => null,
    );
    // Answers can overtake each other: only the one to the latest text counts.
    if (answer?.ok && turn === latest.current) setNames(await answer.json());
  }
  return (
    <FieldFrame id={id} label="User" error={error}>
      <input
        {...describedBy(id, error)}
        id={id}
        name="user"
        type="text"
        list={`${id}-names`}
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        // biome-ignore lint/a11y/noAutofocus: after "Save & add new" the next user is typed at once
        autoFocus={autoFocus}
        defaultValue={defaultValue}
        onChange={(event) => void suggest(event.target.value)}
        className={controlClass}
      />
      <datalist id={`${id}-names`}>
        {names.map((name) => (
          <option key={name} value={name} />
        ))}
      </datalist>
    </FieldFrame>
  );
}
