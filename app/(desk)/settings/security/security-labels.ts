export const securityLabels = {
  password: 'Password',
  passwordSet: 'You sign in with a password of your own.',
  noPassword: (provider: string) => `You have no password here: you sign in with ${provider}.`,
  aProvider: 'a provider',
  changePassword: 'Change password',
  secondFactor: 'Second factor',
  factorOn: (codes: number) =>
    `Two-factor authentication is on. You have ${codes === 1 ? '1 recovery code' : `${codes} recovery codes`} left.`,
  factorOff: 'Two-factor authentication is off: your password alone signs you in.',
  factorOffAtProvider: 'Two-factor authentication is off here: your provider signs you in.',
  manage: 'Manage second factor',
  setUp: 'Set up a second factor',
} as const;
