/** Texts of the page on which somebody collects a key. */
export const collectLabels = {
  product: 'Keydesk',
  title: 'Collect an API key',
  intro:
    'An API key waits for you here. It is shown once, to whoever opens it first. Open it where you can keep it.',
  signInIntro:
    'This link is for one person. Sign in to show that it is you. Signing in uses nothing up.',
  signInNoScript:
    'Your browser runs no scripts here. After you have signed in, open the link again.',
  signIn: 'Sign in to see this key',
  signedInIntro: 'If this key is yours, it is shown to you once. Open it where you can keep it.',
  signedInAs: (username: string) => `You are signed in as ${username}.`,
  notMe: {
    before: 'If that is not you, sign out at',
    link: 'My keys',
    after: 'and open the link again.',
  },
  show: 'Show the key',
  code: 'Code',
  codeHint: 'The six digits that you were told by another way than the link.',
  part: 'Link',
  partHint: 'Paste the whole link, or the part of it after the character #.',
  noScript:
    'Your browser runs no scripts here, so it cannot open the key itself. If you paste the link, Keydesk opens the key for you.',
  notSecure:
    'This page did not come over https, so your browser cannot open the key itself. Keydesk opens it for you, and whoever listens on the network could read it.',
  noPart: 'The part of the link after the character # did not arrive.',
  isOf: (username: string) => `This is the API key of ${username}.`,
  once: 'Copy it now. You will not be able to see it again.',
  isOff: 'The key is switched off. Ask whoever sent the link to switch it on.',
  section: 'API key',
  collected: (at: string, from: string) => `This key was collected on ${at} UTC from ${from}.`,
  notYou: 'If that was not you:',
  stop: 'Switch the key off',
  stopped: 'The key is switched off. Tell whoever sent you the link.',
  cannotStop: 'If that was not you, tell whoever sent you the link. The key has changed since.',
} as const;

/** What the forms are told. */
export const collectMessages = {
  unknown: 'This link is wrong, or too old. Ask whoever sent it for a new one.',
  over: 'This link has ended. Ask whoever sent it for a new one.',
  noPart: 'Paste the link. Its part after the character # is needed.',
  wrongLink: 'This is not the whole link. Nothing was used up: open it again as you received it.',
  codeNeeded: 'Enter the code.',
  wrongCode: (left: number) =>
    left === 0
      ? 'This code is wrong. It was the fifth, so the link has ended. Ask whoever sent it for a new one.'
      : `This code is wrong. You can try ${left === 1 ? 'once' : `${left} times`} more.`,
  ownerDisabled:
    'This key cannot be collected now. Nothing was used up. Ask whoever sent the link.',
  signOnOff:
    'This link needs its user to sign in, and that is turned off here. Ask whoever sent it for a new link.',
  signInNeeded:
    'You are no longer signed in. Nothing was used up: load this page again and sign in.',
  otherPerson: 'This link is for somebody else. Sign in as its user.',
  nothingToStop: 'The key no longer works with what this link brought.',
  notOpened: 'The key could not be opened. Ask whoever sent the link for a new one.',
  broken:
    'This is not working right now. Open the link again shortly. If it then says that the key was collected, and you did not see it, ask for a new link.',
} as const;
