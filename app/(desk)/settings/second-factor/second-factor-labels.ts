export const secondFactorLabels = {
  title: 'Second factor',
  owed: 'This Keydesk requires a second factor. Set it up to continue.',
  what: 'An authenticator app on your phone shows a new code every 30 seconds. Signing in then needs a code as well; your password may be shorter.',
  off: 'Two-factor authentication is off.',
  setUp: 'Set up',
  scan: 'Scan this QR code with your authenticator app. Then enter the code that the app shows.',
  qrCode: 'QR code of the secret',
  manual: 'Enter the key manually',
  code: 'Code',
  confirm: 'Confirm',
  on: 'Two-factor authentication is on.',
  codesLeft: (codes: number) =>
    `You have ${codes === 1 ? '1 recovery code' : `${codes} recovery codes`} left. Each signs you in once without your phone.`,
  recoveryCodes: 'Recovery codes',
  renew: 'Make new recovery codes',
  renewed: 'These are your new recovery codes. The old ones no longer work.',
  keepCodes:
    'Without your phone, each of these codes signs you in once. Save them where you keep your passwords: you will not be able to see them again.',
  kept: 'I have saved them',
  removal: 'Turn off the second factor',
  removing: (way: 'password' | 'provider') =>
    `Your ${way} alone will sign you in again. Your other browsers are signed out.`,
  password: 'Password',
  remove: 'Remove',
} as const;

/** What the forms of the page are told. */
export const secondFactorMessages = {
  none: 'The second factor was already removed. Nothing was changed.',
  over: 'This took too long. Start again.',
  wrongCode: 'This code is wrong.',
  removed: 'The second factor was removed. Your other browsers were signed out.',
  weakPassword: 'Without a second factor your password is too weak. Change your password first.',
  wrongPassword: 'This is not your password.',
} as const;
