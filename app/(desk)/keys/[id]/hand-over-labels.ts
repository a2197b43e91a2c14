/** Texts of the panel of a key that waits to be collected. */
export const handOverLabels = {
  title: 'Waiting to be collected',
  until: 'The link works until',
  zone: 'UTC',
  withCode: 'It asks for a code.',
  isNew:
    'The key is switched off until its user collects it. If you end the hand-over, it stays switched off.',
  replaces:
    'The key works with its present secret until its user collects the new one. If you end the hand-over, it keeps the present one.',
  end: 'End the hand-over',
} as const;
