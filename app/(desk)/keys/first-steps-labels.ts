/** Texts of the first three steps on an empty desk. */
export const firstStepsLabels = {
  intro: 'Keys belong to users. Add a user first, then a key.',
  done: 'Done',
  users: {
    title: 'Add users',
    text: 'People and services that own keys.',
    link: 'Add a user',
    import: 'Import users',
  },
  keys: {
    title: 'Add a key',
    text: 'It belongs to one of your users and is shown once.',
    link: 'Add an API key',
  },
  service: {
    title: 'Let a service ask',
    text: 'With a service key, a service asks Keydesk whether a key is good.',
    link: 'Add a service key',
    onlyAdmins: 'Only an admin can add service keys.',
  },
} as const;
