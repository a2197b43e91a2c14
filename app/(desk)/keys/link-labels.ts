/** Texts of a link that was made, in place of a secret. The server chooses among them. */
export const linkLabels = {
  section: 'Link to the API key',
  shown: {
    once: 'Copy the link now and send it to the user. You will not be able to see it again.',
    copied: 'I have copied it',
    leave: 'You will not be able to see this link again. Leave without copying it?',
  },
  mailed: { once: '', copied: 'Done', leave: '' },
  mailedWithCode: {
    once: 'Tell the user the code. You will not be able to see it again.',
    copied: 'I have noted it',
    leave: 'You will not be able to see this code again. Leave without noting it?',
  },
  code: 'Code',
  codeHint: 'Tell it by another way than the link. Five wrong codes end the link.',
  until: (moment: string) => `It works once, until ${moment} UTC.`,
  linkUntil: (moment: string) => `The link works once, until ${moment} UTC.`,
  waits: 'Until it is collected, the key is switched off.',
  replaces: 'Until it is collected, the key works with its old secret.',
  open: 'Whoever opens the link first gets the secret. You could open it too, as long as you have it.',
  openCode:
    'Whoever has both the link and the code gets the secret. You could open it too, as long as you have both.',
  openSignedIn: ({ username, where }: { username: string; where: string }) =>
    `Only ${username}, signed in at ${where}, gets the secret. The link brings nothing to anybody else.`,
  openMail:
    'Whoever reads the mail and opens its link first gets the secret, also on a mail server on the way or in a shared mailbox. You were not shown the link.',
  openMailCode:
    'Whoever can read the mail and has the code gets the secret. You were not shown the link.',
  kept: 'Keydesk does not keep the link and cannot open what it stores without it.',
  mailTaken: (to: string) => `The link was mailed to ${to}.`,
  mailFailed: (to: string, problem: string) =>
    `The link could not be mailed to ${to}: ${problem} Send it yourself.`,
  noMailServer: 'No mail server is set up. Nothing was changed.',
  noSignOn: (why: string) => `${why} Nothing was changed.`,
  noAddress: (username: string) =>
    `There is no email address to which the link for "${username}" could be mailed. Nothing was changed.`,
} as const;
