/** Texts of a field with suggestions. */
export const comboboxLabels = {
  list: 'Suggestions',
  disabled: 'disabled',
  found: (count: number) =>
    count === 0 ? 'No suggestions' : count === 1 ? '1 suggestion' : `${count} suggestions`,
} as const;
