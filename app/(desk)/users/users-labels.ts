const count = (number: number) => number.toLocaleString('en');

/** Texts of the directory. */
export const usersLabels = {
  title: 'Users',
  directory: 'Directory',
  responsibleIs: 'Responsible:',
  searched: 'Also finds display names, email addresses, and services by who is responsible.',
  statuses: [
    { value: 'active', label: 'Active' },
    { value: 'disabled', label: 'Disabled' },
  ],
  kinds: {
    label: 'Kind',
    options: [
      { value: 'person', label: 'Person' },
      { value: 'service', label: 'Service' },
    ],
  },
  service: 'Service',
  nouns: ['user', 'users'],
  exportCsv: 'Export CSV',
  importCsv: 'Import CSV',
  add: 'Add User',
  slowAdvice: 'Type more of the name, or leave out the status.',
  columns: {
    number: 'Sr. No.',
    username: 'Username',
    name: 'Display name',
    email: 'Email',
    status: 'Status',
    keys: 'Keys',
    created: 'Created',
    actions: 'Actions',
  },
  none: '–',
  active: 'Active',
  disabled: 'Disabled',
  keysOf: (keys: number, username: string) =>
    `${keys} ${keys === 1 ? 'key' : 'keys'} of ${username}`,
  edit: 'Edit',
  delete: 'Delete',
  nobody: 'No users found.',
  noMatch: 'No user matches these filters.',
  addFirst: 'Add a user, or import a CSV file.',
  showAll: 'Show all users',
  addNamed: (username: string) => `Add the user ${username}`,
  addOne: 'Add a user',
  added: (username: string) => `User ${username} was added.`,
  addKeyFor: (username: string) => `Add an API key for ${username}`,
  deleted: (username: string, keys: number) =>
    keys === 0
      ? `User ${username} was deleted.`
      : `User ${username} was deleted together with ${keys === 1 ? '1 key' : `${count(keys)} keys`}.`,
  imported: (users: number) =>
    `${count(users)} ${users === 1 ? 'user was' : 'users were'} imported.`,
  twins:
    'Some users have names that look the same. A name finds the first of them, unless it is typed exactly. Rename or delete the others.',
  moreTwins: 'To see all of them: npm run admin -- list-twins',
} as const;
