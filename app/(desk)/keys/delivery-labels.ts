/** Texts of who sees a new secret first. They travel to the browser. */
export const deliveryLabels = {
  title: 'Secret',
  show: 'Show it to me',
  link: 'Hand it over by a link',
  linkHint: 'Its user opens the link and sees the secret once. You do not see it.',
  oldStays: 'The old key works until then; only then it begins to stop.',
  term: 'Link works for',
  code: 'Ask for a six-digit code as well',
  codeHint: 'You tell it by another way than the link, for example by telephone.',
} as const;

/** Texts beside a link that hands a secret over. */
export const linkLabels = {
  section: 'Link to the API key',
  once: 'Copy the link now and send it to the user. You will not be able to see it again.',
  code: 'Code',
  codeHint: 'Tell it by another way than the link. Five wrong codes end the link.',
  until: (moment: string) => `It works once, until ${moment} UTC.`,
  waits: 'Until it is collected, the key is switched off.',
  replaces: 'Until it is collected, the key works with its old secret.',
  open: 'Whoever opens the link first gets the secret. You could open it too, as long as you have it.',
  openCode:
    'Whoever has both the link and the code gets the secret. You could open it too, as long as you have both.',
  kept: 'Keydesk does not keep the link and cannot open what it stores without it.',
  leave: 'You will not be able to see this link again. Leave without copying it?',
} as const;
