import type { ImportSummary } from '@/lib/keys/import/find-import';

const count = (number: number) => number.toLocaleString('en');
const of = (number: number, one: string, several: string) =>
  `${count(number)} ${number === 1 ? one : several}`;

/** Texts of the import of keys. */
export const importKeysLabels = {
  title: 'Import API keys',
  list: 'API keys',
  what: 'Import keys already in use. Their secrets keep working.',
  format: 'What the file looks like',
  rules: [
    'The first line names the columns, in any order. “username” is required, and “secret” or “sha256”: the secret itself, or its SHA-256 as 64 hexadecimal digits.',
    'A secret has 16 to 200 characters of printable ASCII without blanks. Shorter ones can be guessed and are refused.',
    '“status” is active, inactive or expired. Empty means active.',
    '“created” and “expires” are dates, or moments such as 2027-01-01T12:00:00Z.',
    '“scopes” are separated by blanks or commas.',
    'Values are separated by commas, semicolons or tabs. Save the file as CSV UTF-8, with at most 1,000,000 keys. Without JavaScript, 1 MB.',
    'Secrets are hashed as the file arrives and stored nowhere else. Checking changes nothing. Importing is all or nothing.',
  ],
  name: 'Name',
  willBe: 'will be imported',
  fine: ({ lines, users, active, inactive, expired }: ImportSummary) => {
    const parts = [
      active > 0 ? `${count(active)} active` : '',
      inactive > 0 ? `${count(inactive)} inactive` : '',
      expired > 0 ? `${count(expired)} expired` : '',
    ];
    const kinds = parts.filter(Boolean).join(', ');
    return `${of(lines, 'key', 'keys')} for ${of(users, 'user', 'users')}: ${kinds}. Nothing imported yet.`;
  },
  wrong: (bad: number, lines: number) =>
    `${count(bad)} of ${of(lines, 'line', 'lines')} ${bad === 1 ? 'has' : 'have'} a problem. Nothing can be imported until every line is right.`,
  imported: (keys: number) =>
    `${of(keys, 'key was', 'keys were')} imported. Callers can use ${keys === 1 ? 'it' : 'them'} now.`,
  over: 'This check is over: it is more than an hour old, or another check replaced it.',
  showKeys: 'Show the keys',
  check: 'Check a file',
  checkAnother: 'Check another file',
} as const;

/** What the forms are told. */
export const importKeysAnswers = {
  chooseFile: 'Choose a CSV file.',
  notEmpty: 'Choose a CSV file that is not empty.',
  changed: 'Something has changed since the check. Nothing was imported; see below.',
  reserved: 'Only an admin can grant scopes that begin with "keydesk:".',
  underWay: 'This import is under way already. Look at the keys in a moment.',
  gone: 'This check is over an hour old or was replaced. Check the file again.',
  busy: 'Too many exports and imports are under way. Try again in a minute.',
} as const;
