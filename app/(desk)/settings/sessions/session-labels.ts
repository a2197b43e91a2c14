export const sessionLabels = {
  intro: 'Browsers in which you are signed in. End any that you do not know.',
  browser: 'Browser',
  address: 'Address',
  signedIn: 'Signed in',
  lastSeen: 'Last seen',
  session: 'Session',
  thisOne: 'This browser',
  end: 'End',
  everywhere: 'Sign out everywhere',
  unknown: 'Unknown',
  on: (browser: string, system: string) => `${browser} on ${system}`,
  failures: (count: string, address: string) =>
    `${count} sign-ins with your username failed in the last 24 hours, the latest from ${address}. If that was not you, someone may be guessing your password.`,
  orMore: (count: string) => `${count} or more`,
  ended: (address: string) => `The session from ${address} was ended.`,
  gone: 'This session had already ended.',
} as const;
