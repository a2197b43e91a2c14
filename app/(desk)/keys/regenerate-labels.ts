/** Texts of the question that puts a new secret in place of the old one. */
export const regenerateLabels = {
  getsNew: '{} gets a new secret. Callers using the old one are refused once it stops working.',
  of: 'of',
  stops: 'Old key stops working',
  ok: 'OK',
  cancel: 'Cancel',
  close: 'Close',
} as const;

type HandedOver = { username: string; waits: boolean; revealable: boolean };

/** What the form is told after it was sent. */
export const regenerateAnswers = {
  handedOver: ({ username, waits, revealable }: HandedOver) =>
    [
      `A new secret for ${username} waits to be collected.`,
      waits ? '' : 'The old one works until then.',
      revealable ? 'Once it is collected, the key can no longer be revealed.' : '',
    ]
      .filter((sentence) => sentence !== '')
      .join(' '),
  generatedFor: (username: string, oldStopsAt: Date | null) =>
    `New API key generated for ${username}. ${oldStopsAt ? oldWorksUntil(oldStopsAt) : 'The old one no longer works.'}`,
} as const;

const oldWorksUntil = (moment: Date) =>
  `The old one works until ${moment.toISOString().slice(0, 16).replace('T', ' ')} UTC.`;
