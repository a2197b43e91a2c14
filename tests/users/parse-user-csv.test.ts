import fc from 'fast-check';
import { mostLines, parseUserCsv } from '@/lib/users/import/parse-user-csv';

const read = (text: string) => parseUserCsv(new TextEncoder().encode(text));
const lines = (text: string) => {
  const parsed = read(text);
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.lines;
};
const problem = (text: string) => {
  const parsed = read(text);
  return 'problem' in parsed ? parsed.problem : null;
};

test('columns may be in any order, with a byte order mark and CRLF', () => {
  expect(lines('\ufeffActive,username\r\nNo,ada\r\n,otto\r\n')).toMatchObject([
    { line: 2, username: 'ada', active: false, problem: null },
    { line: 3, username: 'otto', active: true, problem: null },
  ]);
});

test.each([
  ['yes', true],
  ['TRUE', true],
  ['1', true],
  ['', true],
  ['no', false],
  ['False', false],
  ['0', false],
])('active may be %j', (text, active) => {
  expect(lines(`username,active\nada,${text}`)[0]).toMatchObject({ active, problem: null });
});

test('line numbers count the lines of the file, even after a quoted line break', () => {
  const text = 'username,display_name\nada,"two\nlines"\notto,x\n';
  expect(lines(text).map(({ line }) => line)).toEqual([2, 4]);
});

test.each([
  ['username,active\nada,maybe', 'active: Write yes or no.'],
  ['username\n""', 'username: Enter a username.'],
  [`username\n${'x'.repeat(65)}`, 'username: Use at most 64 characters.'],
  ['username\na\u202eb', 'username: Use printable characters only.'],
  ['username\na\0b', 'username: Use printable characters only.'],
  ['username,email\nada,nothing', 'email: Enter an email address, or leave it empty.'],
  ['username,email\nada', 'This line has 1 value, the header 2.'],
])('%j is wrong in its line', (text, message) => {
  expect(lines(text)[0]?.problem).toBe(message);
});

test.each([
  ['', 'The file is empty.'],
  ['username\n', 'The file has no users below its header.'],
  ['email\na@b', 'The header has no column "username".'],
  ['username,Username\na,b', 'The column "username" is there twice.'],
  ['username\n"ada', 'Line 2 is not CSV: a quote stands where none can, or is never closed.'],
  ['username\na"d"a', 'Line 2 is not CSV: a quote stands where none can, or is never closed.'],
  [`username\n${'x\n'.repeat(mostLines + 1)}`, 'The file has more than 10,000 users.'],
  ['x'.repeat(1_000_001), 'The file is larger than 1 MB.'],
])('a file is refused whole', (text, message) => {
  expect(problem(text)).toBe(message);
});

test('an unknown column is named, and the separators are explained', () => {
  expect(problem('username,phone\nada,1')).toContain(
    'Unknown column "phone" in the header (column 2)',
  );
  expect(problem('username|email\nada|x')).toContain('Separate columns with commas, semicolons');
  expect(problem('username,,email\nada,,')).toBe('Column 2 of the header has no name.');
});

test.each([
  'username\na\n\n',
  'username,email\na,\n,\n , \n',
  'username;email\na;\n;;;\n',
  'username\temail\r\na\t\r\n',
  'sep=,\nusername\na',
  'username,email,,\na,,,\n',
  'username,email\na,,,,\n',
  '\n;;\nsep=;\n\nusername\ra\r',
])('%j has one user', (text) => {
  expect(lines(text)).toMatchObject([{ username: 'a', email: '', problem: null }]);
});

test('a value below a column without a name is refused', () => {
  expect(lines('username,email,\na,,x')[0]?.problem).toBe('This line has 3 values, the header 2.');
});

test('the apostrophe before a formula is removed', () => {
  expect(lines("username,display_name\n'=1+1,O'Hara\n'a,''-x")).toMatchObject([
    { username: '=1+1', displayName: "O'Hara" },
    { username: "'a", displayName: "'-x" },
  ]);
});

test('an endless quote is refused before it fills memory', () => {
  expect(problem(`username\n"${'x'.repeat(100_000)}"`)).toContain('is longer than');
});

test('text that is not UTF-8 is refused', () => {
  const bytes = Buffer.from('username\nJos\xe9', 'latin1');
  expect(parseUserCsv(bytes)).toEqual({
    problem: 'The file is not UTF-8 text. Save it as CSV UTF-8.',
  });
});

test('exactly 10,000 users are accepted', () => {
  const text = `username\n${Array.from({ length: mostLines }, (_, i) => `u${i}`).join('\n')}`;
  expect(lines(text)).toHaveLength(mostLines);
});

test('every written file is read: quoted, in any order, with either line end', () => {
  const printable = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.replace(/[\p{C}\p{Z}]/gu, '').normalize('NFC'))
    .filter((text) => text !== '');
  const cell = fc.oneof(printable, fc.constantFrom('a,b', 'a"b', '""', ',', "O'Hara; Ltd"));
  const rows = fc.array(fc.tuple(cell, cell, fc.boolean()), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(rows, fc.constantFrom('\n', '\r\n'), fc.boolean(), (users, end, bom) => {
      const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
      const text = ['active,display_name,username']
        .concat(users.map(([n, d, a]) => [a ? 'yes' : 'no', quoted(d), quoted(n)].join(',')))
        .join(end);
      expect(lines((bom ? '\ufeff' : '') + text)).toEqual(
        users.map(([username, displayName, active], index) => {
          const facts = { username, displayName, email: '', active };
          return { line: index + 2, ...facts, kind: 'person', responsible: '', problem: null };
        }),
      );
    }),
  );
});

test('any bytes give lines or one message', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      const parsed = parseUserCsv(bytes);
      expect('problem' in parsed ? parsed.problem : parsed.lines).toBeTruthy();
    }),
  );
});
