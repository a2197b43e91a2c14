/** What is wrong with a new password. */
export const passwordMessages = {
  short: (shortest: number) => `Use at least ${shortest} characters.`,
  long: (longest: number) => `Use at most ${longest} characters.`,
  common: 'This password is too common. Choose another one.',
  pattern: 'This password repeats a simple pattern. Choose another one.',
  words:
    'This password consists of your username or of words that belong to Keydesk. Choose another one.',
  same: 'Choose a new password.',
} as const;
