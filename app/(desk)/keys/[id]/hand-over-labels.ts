/** Texts of the panel of a key that waits to be collected. */
export const handOverLabels = {
  title: 'Waiting to be collected',
  until: 'The link works until',
  zone: 'UTC',
  withCode: 'It asks for a code.',
  onlyFor: ({ username, where }: { username: string; where: string }) =>
    `Only ${username} can collect it, signed in at ${where}.`,
  forNobody:
    'Its user would have to sign in to collect it, and nobody can do that now. Regenerate the key to make another link.',
  isNew:
    'The key is switched off until its user collects it. If you end the hand-over, it stays switched off.',
  replaces:
    'The key works with its present secret until its user collects the new one. If you end the hand-over, it keeps the present one.',
  end: 'End the hand-over',
} as const;
