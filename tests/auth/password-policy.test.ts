import commonPasswords from '@/lib/passwords/common-passwords.json';
import { passwordProblem } from '@/lib/passwords/password-policy';

const good = [
  'correct horse battery staple',
  'nur kleine buchstaben hier',
  '             .             ',
  'ÄÖÜäöüßÄÖÜäöüß!',
  'пароль на русском языке',
  '日本語のとても長いパスワードです',
  '🔑🐴🔋📎🦊🌲🚲🎻🪁🧭🪴🛶🧊🪵🪶',
  '8f3kq0d9s7a6m5n',
  'tab\tand other\u0001signs',
  'a keydesk of one’s own, with more',
  'x'.repeat(63) + 'y'.repeat(65),
];

const bad: [string, string][] = [
  ['', 'at least 15'],
  ['fourteen chars', 'at least 15'],
  // Fifteen UTF-16 units, but eight characters.
  ['🔑🐴🔋📎🦊🌲🚲x', 'at least 15'],
  // Fifteen code points as typed, fourteen once composed.
  ['a\u0308bcdefghijklmn', 'at least 15'],
  [`${'xy z'.repeat(32)}!`, 'at most 128'],
  [`${'🔑🐴'.repeat(64)}!`, 'at most 128'],
  ['1qaz2wsx3edc4rfv', 'too common'],
  ['1QAZ2wsx3EDC4rfv', 'too common'],
  ['passwordsunshine', 'too common'],
  ['sunshine12345678', 'too common'],
  ['aaaaaaaaaaaaaaa', 'simple pattern'],
  ['abcabcabcabcabc', 'simple pattern'],
  ['abcabcabcabcabcab', 'simple pattern'],
  ['123456789012345', 'simple pattern'],
  ['987654321098765', 'simple pattern'],
  ['abcdefghijklmnop', 'simple pattern'],
  ['😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀', 'simple pattern'],
  ['keydesk-admin-2026', 'words that belong to Keydesk'],
  ['Keydesk!Password!', 'words that belong to Keydesk'],
  ['ApiKey ApiKey 1234', 'words that belong to Keydesk'],
  ['lovelace!lovelace?1', 'your username'],
  ['LOVELACE keydesk 1', 'your username'],
];

describe('a password', () => {
  it.each(good)('%j is good', (password) => {
    expect(passwordProblem(password, { username: 'lovelace' })).toBeNull();
  });

  it.each(bad)('%j is refused: %s', (password, because) => {
    expect(passwordProblem(password, { username: 'lovelace' })).toContain(because);
  });

  it('may have eight characters beside a second factor, but not seven', () => {
    const about = { hasSecondFactor: true };
    expect(passwordProblem('mo7 wuqp', about)).toBeNull();
    expect(passwordProblem('mo7 wuq', about)).toContain('at least 8');
    expect(passwordProblem('password', about)).toContain('too common');
    expect(passwordProblem('P@ssw0rd', about)).toContain('too common');
  });

  it('may hold a short username', () => {
    expect(passwordProblem('al goes to the market', { username: 'al' })).toBeNull();
  });
});

describe('the shipped list', () => {
  it('has thousands of entries of eight characters or more, each once, in lower case', () => {
    expect(commonPasswords.length).toBeGreaterThan(3_000);
    expect(new Set(commonPasswords).size).toBe(commonPasswords.length);
    expect(
      commonPasswords.filter((word) => word.length < 8 || word !== word.toLowerCase()),
    ).toEqual([]);
  });
});
