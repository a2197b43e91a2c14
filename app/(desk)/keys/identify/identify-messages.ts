/** What a key that somebody pasted is answered with, where it is not found. */
export const identifyMessages = {
  missing: 'Paste a whole key.',
  tooLong: 'This is too long to be a key.',
  mistyped: 'This key is mistyped or incomplete: its checksum is wrong.',
  unknown: 'Keydesk has never seen this key.',
  tooMany: (most: number) => `Paste at most ${most.toLocaleString('en')} lines.`,
  oneOnly: 'Paste one key. Only operators can identify several at once.',
} as const;
