export const proveLabels = {
  title: 'Confirm it is you',
  why: 'For security, confirm your password. You will not be asked again for 5 minutes.',
  whyCode: 'For security, enter a code. You will not be asked again for 5 minutes.',
  whyProvider: 'For security, sign in once more. You will not be asked again for 5 minutes.',
  unsent:
    'Nothing has been changed yet. After you confirm, you return to the page and can send it again.',
  password: 'Password',
  code: 'Code',
  orCode: 'Or a code',
  codeHint: 'From your authenticator app.',
  orCodeHint: 'From your authenticator app, in place of the password.',
  with: (provider: string) => `Confirm with ${provider}`,
  send: 'Continue',
} as const;
