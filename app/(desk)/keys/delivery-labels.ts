/** Texts of who sees a new secret first. They travel to the browser. */
export const deliveryLabels = {
  title: 'Secret',
  show: 'Show it to me',
  link: 'Hand it over by a link',
  linkHint: 'Its user opens the link and sees the secret once. You do not see it.',
  oldStays: 'The old key works until then; only then it begins to stop.',
  term: 'Link works for',
  proof: 'Who can open the link',
  noProof: 'Whoever has it',
  code: 'Whoever has it and a six-digit code',
  codeHint: 'You tell the code by another way than the link, for example by telephone.',
  signOn: 'Only its user, signed in',
  signOnHint: (provider: string) =>
    `Only its user sees the secret, after signing in at ${provider}. For a service it is the responsible person.`,
  mailTo: (name: string, address: string) => `Mail the link to ${name} (${address})`,
  mailUser: 'Mail the link to its user',
  mailHint: 'Keydesk sends it at once. You see the link only if that fails.',
  mailUserHint:
    'Keydesk sends it at once, to the address of the user or of the person responsible for a service. You see the link only if that fails.',
} as const;
