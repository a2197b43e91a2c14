export const shownLabels = {
  region: 'Revealed API key',
  hidden: 'The secret is hidden again.',
  hiddenIn: (seconds: number) => `Hidden in ${seconds} seconds.`,
  hideNow: 'Hide now',
  close: 'Close',
} as const;
