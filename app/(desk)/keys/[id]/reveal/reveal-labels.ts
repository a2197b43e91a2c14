/** Texts of the page that shows a kept secret once more. */
export const revealLabels = {
  title: 'Reveal API key',
  question: 'Reveal this API key?',
  secretOf: 'The secret of',
  ofOwner: 'of',
  shownBriefly: 'is shown for under a minute. Your reason is recorded in the audit log.',
  most: (reveals: number) => `You can reveal ${reveals} secrets an hour.`,
  reason: 'Reason',
  reasonHint: 'Why you need to see it, in up to 200 characters.',
  reveal: 'Reveal',
  cancel: 'Cancel',
} as const;
