/** What a change of many keys is answered with, where it is refused. */
export const bulkMessages = {
  nothingSelected: 'Select keys first.',
  tooMany: (most: number) =>
    `The search finds more than ${most.toLocaleString('en')} keys. Narrow it down first.`,
  tooSlow: 'The search takes too long. Narrow it down first.',
  gone: 'This is over a week old. Nothing was changed.',
  needsNumber: (total: number) =>
    `Type ${total.toLocaleString('en')}, the number of keys: some of them were used in the last 24 hours.`,
} as const;
