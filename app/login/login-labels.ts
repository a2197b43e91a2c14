/** Texts of the sign-in pages. */
export const loginLabels = {
  product: 'Keydesk',
  title: 'Sign in',
  username: 'Username',
  password: 'Password',
  signIn: 'Sign in',
  signInWith: (provider: string) => `Sign in with ${provider}`,
  code: 'Code',
  codeHint: 'Six digits from your authenticator app, or one of your recovery codes.',
  codeFor: 'Enter the code for {}.',
  startAgain: 'Start again',
} as const;

/** What the forms of the sign-in pages are told. */
export const loginMessages = {
  noUsername: 'Enter a username.',
  longUsername: 'Use at most 64 characters.',
  noPassword: 'Enter a password.',
  longPassword: 'Use at most 128 characters.',
  noCode: 'Enter a code.',
  wrong: 'Wrong username or password.',
  wrongCode: 'This code is wrong or was used before.',
  over: 'This took too long. Sign in with your password again.',
  broken: 'Sign-in is not working right now. Try again shortly.',
  providerSilent: 'The sign-in provider is not answering. Try again shortly.',
} as const;
