/** Why a key may not end when it should, by outcome. */
export const expiryMessages = {
  'date-missing': 'Choose a date.',
  'expired-already': 'Choose a time in the future.',
  'expiry-required': 'Keys must expire on this installation: choose when.',
  'lives-too-long': (days: number) =>
    `Keys may live at most ${days.toLocaleString('en')} days on this installation.`,
} as const;
