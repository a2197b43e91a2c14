import { characters } from '@/lib/forms/text-input';
import commonPasswords from './common-passwords.json';
import { longestPassword, shortestBesideSecondFactor, shortestPassword } from './password-length';
import { passwordMessages } from './password-messages';

/** Words that an attacker of Keydesk would try first. */
const productWords = [
  'keydesk',
  'administrator',
  'admin',
  'api key',
  'apikey',
  'password',
  'passwort',
];

type About = { username?: string; hasSecondFactor?: boolean };

/**
 * What is wrong with a new password, or null. Any characters are allowed. Only the length counts, and that an
 * attacker would not guess it early.
 */
export function passwordProblem(password: string, about: About = {}): string | null {
  const text = password.normalize('NFC');
  const shortest = about.hasSecondFactor ? shortestBesideSecondFactor : shortestPassword;
  const length = characters(text);
  if (length < shortest) return passwordMessages.short(shortest);
  if (length > longestPassword) return passwordMessages.long(longestPassword);
  const folded = text.toLowerCase();
  if (isCommon(folded)) return passwordMessages.common;
  if (isPattern(folded)) return passwordMessages.pattern;
  if (isWordsOnly(folded, about.username)) return passwordMessages.words;
  return null;
}

let known: ReadonlySet<string> | undefined;

/**
 * Whether the text is on the list of common passwords, or two of the list in a row. Keydesk ships the list,
 * because a server must not send passwords to another one. `NOTICE` names its source.
 */
function isCommon(folded: string): boolean {
  known ??= new Set(commonPasswords);
  const list = known;
  if (list.has(folded)) return true;
  return [...folded].some((_, at) => list.has(folded.slice(0, at)) && list.has(folded.slice(at)));
}

/** One unit repeated, or characters in sequence: `abcabcabc…`, `12345678…`. */
function isPattern(folded: string): boolean {
  const all = [...folded];
  const repeats = (unit: number) => all.every((character, at) => character === all[at % unit]);
  for (let unit = 1; unit * 2 <= all.length; unit++) if (repeats(unit)) return true;
  const codes = all.map((character) => character.codePointAt(0) ?? 0);
  return [1, -1].some((step) => codes.slice(1).every((code, at) => follows(codes[at], code, step)));
}

/** The digit 0 comes before 1 and after 9. */
function follows(before: number | undefined, code: number, step: number): boolean {
  if (before === undefined) return false;
  const wraps = step === 1 ? before === 57 && code === 48 : before === 48 && code === 57;
  return wraps || code - before === step;
}

/** Whether only digits and signs remain after the words are removed. */
function isWordsOnly(folded: string, username = ''): boolean {
  const own = username.trim().normalize('NFC').toLowerCase();
  const words = characters(own) >= 3 ? [own, ...productWords] : productWords;
  const rest = words.reduce((text, word) => text.replaceAll(word, ''), folded);
  return rest !== folded && !/\p{L}/u.test(rest);
}
