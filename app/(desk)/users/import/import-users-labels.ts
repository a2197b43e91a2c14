const count = (number: number) => number.toLocaleString('en');
const of = (number: number, one: string, several: string) =>
  `${count(number)} ${number === 1 ? one : several}`;

/** What the lines of a checked file come to. */
export type ImportSummary = { lines: number; active: number; disabled: number };

/** Texts of the import of users. */
export const importUsersLabels = {
  title: 'Import users',
  list: 'Users',
  format: 'What the file looks like',
  rules: [
    'The first line names the columns, in any order. Only “username” is required.',
    '“active” is yes or no (also true, false, 1, 0). Empty means yes.',
    '“kind” is person or service. Empty means person. “responsible” is the username of the person who answers for a service, from Keydesk or from the same file.',
    'Values are separated by commas, semicolons or tabs. Save the file as CSV UTF-8, with at most 10,000 users and 1 MB.',
    'Checking changes nothing. Importing is all or nothing.',
  ],
  tooLarge: 'The file is larger than 1 MB.',
  nouns: ['user', 'users'],
  willBe: (active: boolean) => (active ? 'will be added' : 'will be added, disabled'),
  fine: ({ lines, active, disabled }: ImportSummary) =>
    `${of(lines, 'user', 'users')}: ${count(active)} active, ${count(disabled)} disabled. Nothing imported yet.`,
  wrong: (bad: number, lines: number) =>
    `${of(bad, 'line has', 'lines have')} a problem, of ${count(lines)}. Nothing can be imported until every line is right.`,
  alsoAlike: (alike: number) =>
    alike === 1
      ? 'Also add the 1 user whose name looks like another'
      : `Also add the ${count(alike)} users whose names look like others`,
  over: 'This check is over: its users were imported, it is more than an hour old, or another check replaced it.',
  check: 'Check a file',
  showUsers: 'Show the users',
} as const;

/** What the forms are told. */
export const importUsersMessages = {
  chooseFile: 'Choose a CSV file.',
  notEmpty: 'Choose a CSV file that is not empty.',
  changed: 'The directory has changed since the check. Nobody was added; see below.',
  alike: 'Some names look like others. Nobody was added: look at them, and agree to them.',
  underWay: 'This import is under way already. Look at the users in a moment.',
  gone: 'This check is over an hour old or was replaced. Check the file again.',
} as const;
