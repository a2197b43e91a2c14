/** What the forms of one's own account are told. */
export const accountMessages = {
  noCurrent: 'Enter your current password.',
  noNew: 'Enter a new password.',
  long: 'Use at most 128 characters.',
  notSame: 'The passwords are not the same.',
  noPassword: 'Enter your password.',
  noCode: 'Enter a code.',
  longCode: 'This is not a code.',
  noSession: 'This is not a session.',
  passwordChanged: 'Your password was changed. Your other browsers were signed out.',
  wrongCurrent: 'This is not your current password.',
  changedMeanwhile: 'Your password was changed in the meantime. Sign in again.',
  wrongPassword: 'This is not your password.',
  wrongCode: 'This code is wrong.',
  wrongOrUsedCode: 'This code is wrong or was used before.',
  providerSilent: 'The sign-in provider is not answering. Try again shortly.',
} as const;
