import fc from 'fast-check';
import { csvLine } from '@/lib/csv/csv-line';
import { ImportFileError } from '@/lib/keys/import/import-file-error';
import { parseMoment } from '@/lib/keys/import/moment';
import { readKeyCsv } from '@/lib/keys/import/read-key-csv';
import type { KeyLine } from '@/lib/keys/import/read-line';
import { importedMac } from '@/lib/keys/secret/imported-secret';
import { mintSecret, secretMac } from '@/lib/keys/secret/secret';
import { useSettings } from '../helpers/settings';
import { format, inParts, sha256 } from './helpers';

beforeAll(() => useSettings({ DATABASE_URL: 'postgresql://nowhere/none' }));

async function read(text: string | Uint8Array, size = 7): Promise<KeyLine[]> {
  const all: KeyLine[] = [];
  const rules = { ...format(), mayReserve: false, now: new Date('2026-01-01') };
  for await (const line of readKeyCsv(inParts(text, size), rules)) all.push(line);
  return all;
}
const problemOf = async (text: string | Uint8Array) =>
  read(text).then(
    () => null,
    (error: unknown) => (error instanceof ImportFileError ? error.message : error),
  );
const secret = 'a-secret-of-another-program';
const lineProblem = async (header: string, ...lines: string[]) =>
  (await read([header, ...lines].join('\n')))[0]?.problem;

test('the lines of any file are read as written, wherever it is cut', async () => {
  const printable = fc
    .string({ unit: 'grapheme', minLength: 1, maxLength: 20 })
    .map((text) => text.normalize('NFC').trim())
    .filter(
      (text) =>
        text !== '' &&
        !/[\p{C}\p{Zl}\p{Zp}]/u.test(text) &&
        !/^['=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text),
    );
  const foreign = fc
    .string({ unit: fc.constantFrom(...'abcXYZ019-_.,;"+=/!{}\\'), minLength: 16, maxLength: 60 })
    .filter((text) => !/^[=+\-@]/.test(text));
  const key = fc.record({
    username: printable,
    name: fc.oneof(printable, fc.constant('')),
    secret: foreign,
  });
  await fc.assert(
    fc.asyncProperty(fc.array(key, { minLength: 1, maxLength: 8 }), fc.nat(30), async (keys, n) => {
      const clean = keys.filter(
        (one) => ![one.username, one.name].some((cell) => cell.includes(one.secret)),
      );
      fc.pre(clean.length > 0);
      const rows = clean.map((one) => csvLine([one.secret, one.name, one.username]));
      const lines = await read(`secret,name,username\r\n${rows.join('')}`, n + 1);
      expect(lines.map(({ username, name, problem }) => [username, name, problem])).toEqual(
        clean.map((one) => [one.username, one.name, null]),
      );
      for (const [index, line] of lines.entries()) {
        const hash = sha256(clean[index]?.secret ?? '');
        expect(line.secret?.mac).toEqual(importedMac(hash, format().peppers[0]));
      }
    }),
    { numRuns: 200 },
  );
});

test('each key has the number of the line where it begins', async () => {
  const cell = fc.string({ unit: fc.constantFrom('a', '\n', '\r\n', ' ', '"', ',', 'ä') });
  const end = fc.constantFrom('\n', '\r\n');
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(cell, end), { minLength: 1, maxLength: 6 }),
      async (records) => {
        let next = 2;
        const expected = records.map(([text]) => {
          const line = next;
          next += 1 + text.split('\n').length - 1;
          return line;
        });
        const rows = records.map(([text, eol]) => `"${text.replaceAll('"', '""')}",x${eol}`);
        const lines = await read(`username,secret\n${rows.join('')}`);
        expect(lines.map(({ line }) => line)).toEqual(expected);
      },
    ),
    { numRuns: 200 },
  );
});

test('any bytes give lines or one message', async () => {
  const nasty = fc.oneof(
    fc.uint8Array({ maxLength: 200 }),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => new TextEncoder().encode(text)),
    fc
      .array(
        fc.constantFrom('username', 'secret', ',', '\n', '"', '\r\n', secret, '\0', '\\N', '\t'),
      )
      .map((all) => new TextEncoder().encode(`username,secret\n${all.join('')}`)),
  );
  await fc.assert(
    fc.asyncProperty(nasty, async (bytes) => {
      const problem = await problemOf(bytes);
      expect(problem === null || typeof problem === 'string').toBe(true);
    }),
    { numRuns: 300 },
  );
});

test.each([
  ['a header that is none', `grace,${secret}\n`, /^Column 1 of the header is unknown/],
  ['pipes', `username|secret\ngrace|${secret}\n`, /Separate columns with commas, semicolons/],
  ['a column that is not known', 'username,Team,secret\n', /^Column 2 of the .* unknown: "Team"/],
  ['a column without a name', 'username,,secret\n', 'Column 2 of the header has no name.'],
  ['an export', 'Username,API Key\ngrace,kd_x\n', /An export of Keydesk holds no secrets\.$/],
  ['a column twice', 'username,secret,secret\n', 'The column "secret" is there twice.'],
  ['no username', `name,secret\nx,${secret}\n`, 'The header has no column "username".'],
  ['an open quote', `username,secret\n"grace,${secret}\n`, /^Line \d+ is not CSV/],
  ['an endless line', `username,secret\ngrace,${'x'.repeat(5_000)}\n`, /^Line 2 is longer than/],
])('%s is reported without repeating the file', async (_, text, problem) => {
  const said = await problemOf(text);
  expect(said).toEqual(
    typeof problem === 'string' ? problem : expect.stringMatching(problem as RegExp),
  );
  expect(said).not.toContain(secret);
});

test('a file that is not UTF-8 is reported, even in its last byte', async () => {
  const said = 'The file is not UTF-8 text. Save it as CSV UTF-8.';
  expect(await problemOf(Buffer.from('username,secret\nJ\xfcrgen,x', 'latin1'))).toBe(said);
  expect(await problemOf(Buffer.from(`username,secret\ngrace,${secret}\n\xc3`, 'latin1'))).toBe(
    said,
  );
});

test.each([
  ['username,secret', `grace,${secret},more`, /3 values, the header 2/],
  ['username,secret', ',a-secret-of-another-program', 'username: Enter a username.'],
  ['username,name,secret', `g,${'n'.repeat(101)},${secret}`, /^name: /],
  ['username,status,secret', `g,on,${secret}`, /^status: /],
  ['username,status,expires,secret', `g,expired,2030-01-01,${secret}`, /^status: An expired/],
  ['username,created,secret', `g,2025-02-30,${secret}`, /^created: Write a date/],
  ['username,created,secret', `g,2027-01-01,${secret}`, /^created: This is in the future/],
  ['username,expires,secret', `g,tomorrow,${secret}`, /^expires: Write a date/],
  ['username,scopes,secret', `g,"a ""b""",${secret}`.replaceAll('""', '""'), /^scopes: /],
  ['username,scopes,secret', `g,keydesk:verify,${secret}`, /^scopes: Only an admin/],
  ['username,secret,sha256', `g,${secret},${'0'.repeat(64)}`, /not both/],
  ['username,secret,sha256', 'g,,', /^secret: Give the secret/],
  ['username,sha256', 'g,123', /^sha256: Write/],
  ['username,sha256', `g,${sha256('')}`, /empty text/],
  ['username,secret', 'g,fifteen-letters', /^secret: Too short/],
  ['username,secret', `g,${'x'.repeat(201)}`, /^secret: Too long/],
  ['username,secret', 'g,with a blank between', /^secret: Only printable ASCII/],
  ['username,secret', 'g,schl\u00fcssel-mit-umlaut', /^secret: Only printable ASCII/],
])('%s: %s is reported', async (header, line, problem) => {
  expect(await lineProblem(header, line)).toEqual(
    typeof problem === 'string' ? problem : expect.stringMatching(problem as RegExp),
  );
});

test.each([
  ['"reports:read,reports:write"', ['reports:read', 'reports:write']],
  ['"a, b ,c  d,"', ['a', 'b', 'c', 'd']],
  ["'=x", ['=x']],
])('scopes %s are separated by blanks or commas', async (scopes, words) => {
  const [line] = await read(`username,scopes,secret\ngrace,${scopes},${secret}\n`);
  expect(line).toMatchObject({ problem: null, scopes: words });
});

test('a scope of Keydesk after a comma also needs an admin', async () => {
  const said = await lineProblem('username,scopes,secret', `g,"a,keydesk:verify",${secret}`);
  expect(said).toMatch(/^scopes: Only an admin/);
});

test('a secret keeps the apostrophe that it begins with', async () => {
  const [line] = await read(`username,secret\ngrace,'=${secret}\n`);
  expect(line?.secret?.mac).toEqual(importedMac(sha256(`'=${secret}`), format().peppers[0]));
});

test('a secret in another column is neither shown nor stored', async () => {
  const own = mintSecret('kd');
  const [one, two, three] = await read(
    `username,name,secret\n${own},x,${secret}\ngrace,has ${secret} in it,${secret}\ngrace,fine,${own}\n`,
  );
  for (const line of [one, two]) {
    expect(line).toMatchObject({ username: '', name: '', secret: null });
    expect(line?.problem).toBe('A secret stands in the wrong column.');
    expect(JSON.stringify(line)).not.toContain(own);
  }
  expect(three?.secret?.mac).toEqual(secretMac(own, format().peppers[0]));
});

test.each([
  ['2026-03-31', '2026-03-31T00:00:00.000Z'],
  ['2026-03-31 09:30', '2026-03-31T09:30:00.000Z'],
  ['2026-03-31T09:30:15.25Z', '2026-03-31T09:30:15.250Z'],
  ['2026-03-31T00:30:00+02:00', '2026-03-30T22:30:00.000Z'],
  ['2026-03-31T00:30-0130', '2026-03-31T02:00:00.000Z'],
  ['2026-02-29', undefined],
  ['2026-13-01', undefined],
  ['2026-03-31T24:01', undefined],
  ['31.03.2026', undefined],
  ['1969-12-31', undefined],
  ['', undefined],
])('the moment %s', (text, moment) => {
  expect(parseMoment(text)?.toISOString()).toBe(moment);
});
