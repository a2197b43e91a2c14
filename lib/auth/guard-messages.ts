/** What the guards of actions and uploads say. */
export const guardMessages = {
  tooManyFields: 'This form has too many fields. Reload the page and try again.',
  otherOrigin: (home: string) => `This form works only at ${home}. Open Keydesk there.`,
  foreignUpload: 'This works only from Keydesk itself.',
  sessionOver: 'Your session has ended. Sign in again.',
  tooLarge: 'The file is too large.',
  notConfirmed:
    'Not confirmed yet: the standby of the database does not answer. The change takes effect when it does. Check before trying again.',
} as const;
