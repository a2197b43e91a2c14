export const passwordLabels = {
  title: 'Change password',
  handedOut:
    'You are using a one-time password. Choose a password of your own before you continue.',
  none: (provider: string) => `You have no password here: you sign in with ${provider}.`,
  aProvider: 'a provider',
  username: 'Username',
  current: 'Current password',
  next: 'New password',
  hint: (shortest: number) =>
    `At least ${shortest} characters of any kind. A few words that nobody else would put together are easy to type.`,
  repeat: 'Repeat new password',
  save: 'Change password',
  onward: 'Go to Settings',
} as const;
