import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvFileError } from '@/lib/csv/csv-file-error';
import { CsvReader } from '@/lib/csv/csv-reader';
import type { CsvRow } from '@/lib/csv/csv-row';

type Encoding = 'utf-8' | 'utf-8 with mark' | 'utf-16le' | 'utf-16be';
const encodings: Encoding[] = ['utf-8', 'utf-8 with mark', 'utf-16le', 'utf-16be'];

function encoded(text: string, encoding: Encoding): Buffer {
  if (encoding === 'utf-8') return Buffer.from(text);
  if (encoding === 'utf-8 with mark') return Buffer.from(`\ufeff${text}`);
  const bytes = Buffer.from(`\ufeff${text}`, 'utf16le');
  return encoding === 'utf-16le' ? bytes : bytes.swap16();
}

/** Reads in parts of these sizes, repeated in turn. */
function read(bytes: Uint8Array, sizes = [7], longest = 4_000): CsvRow[] {
  const reader = new CsvReader(longest);
  const rows: CsvRow[] = [];
  for (let [at, part] = [0, 0]; at < bytes.length; part += 1) {
    const size = sizes[part % sizes.length] ?? 1;
    rows.push(...reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  return [...rows, ...reader.end()];
}

const problem = (bytes: Uint8Array, sizes?: number[]) => {
  try {
    read(bytes, sizes);
    return null;
  } catch (error) {
    return error instanceof CsvFileError ? error.message : error;
  }
};

const separator = fc.constantFrom(',', ';', '\t');
const lineEnd = fc.constantFrom('\r\n', '\n', '\r');
const sizes = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 5 });
const cell = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...'a"\'', ',', ';', '\t', '\r\n', '\n', '\r', ' ', 'ä', '😀'),
  }),
  fc.string({ unit: 'binary', maxLength: 8 }).map((text) => text.toWellFormed()),
);
const quoted = (text: string) => `"${text.replaceAll('"', '""')}"`;
const written = (text: string) => (/^[a-z]+$/.test(text) ? text : quoted(text));
const linesIn = (text: string) => text.split(/\r\n|\n|\r/).length;

test('files of spreadsheets are read unchanged, with line numbers, wherever they are cut', () => {
  const row = fc.record({ cells: fc.tuple(cell, cell, cell), gap: fc.nat(2) });
  fc.assert(
    fc.property(
      fc.array(row, { maxLength: 6 }),
      fc.record({ comma: separator, end: lineEnd, sizes, says: fc.boolean(), ends: fc.boolean() }),
      fc.constantFrom(...encodings),
      (rows, how, encoding) => {
        const { comma, end } = how;
        let text = `${how.says ? `sep=${comma}${end}` : ''}one${comma}"two${comma}"${comma}three`;
        const wanted: CsvRow[] = [{ line: linesIn(text), cells: ['one', `two${comma}`, 'three'] }];
        for (const { cells, gap } of rows) {
          const empty = ['', ' ', `${comma}${comma} ${comma}`];
          for (let n = 0; n < gap; n += 1) text += end + (empty[n] ?? '');
          text += end;
          wanted.push({ line: linesIn(text), cells: [...cells] });
          text += cells.map(written).join(comma);
        }
        expect(read(encoded(text + (how.ends ? end : ''), encoding), how.sizes)).toEqual(wanted);
      },
    ),
    { numRuns: 500 },
  );
});

test('it reads like another parser, or both refuse', () => {
  const text = fc.string({ unit: fc.constantFrom('a', '"', ',', '\n', '\r\n', ' ', 'ä') });
  fc.assert(
    fc.property(text, sizes, (body, parts) => {
      const whole = `x,y\n${body}`;
      let wanted: string[][] | null = null;
      try {
        wanted = parse(whole, { record_delimiter: ['\r\n', '\n'], relax_column_count: true });
      } catch {}
      let found: string[][] | null = null;
      try {
        found = read(Buffer.from(whole), parts).map(({ cells }) => cells);
      } catch {}
      const full = (rows: string[][] | null) =>
        rows?.filter((cells) => cells.some((one) => one.trim() !== '')) ?? null;
      expect(full(found)).toEqual(full(wanted));
    }),
    { numRuns: 1_000 },
  );
});

test('any bytes give rows or one message, however they are cut', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), sizes, (bytes, parts) => {
      const said = problem(bytes, parts);
      expect(said === null || typeof said === 'string').toBe(true);
      expect(problem(bytes, [bytes.length || 1])).toEqual(said);
    }),
    { numRuns: 1_000 },
  );
});

test.each([
  ['Windows-1252', Buffer.from('username;name\r\nJ\xfcrgen;x', 'latin1'), 'not UTF-8 text'],
  ['a workbook', Buffer.from('PK\x03\x04more'), 'a workbook (.xlsx or .ods)'],
  ['an old workbook', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 1]), 'a workbook (.xls)'],
  ['UTF-16 without a mark', Buffer.from('username', 'utf16le'), 'without a byte order mark'],
  ['UTF-16 without a mark', Buffer.from('username', 'utf16le').swap16(), 'without a byte order'],
  ['UTF-16 cut off', encoded('username\ra', 'utf-16le').subarray(0, -1), 'not UTF-16 text'],
  ['UTF-32', Buffer.from([0xff, 0xfe, 0, 0, 0x61, 0, 0, 0]), 'UTF-32'],
])('%s is reported, with how to save it', (_, bytes, what) => {
  for (const parts of [[1], [100]]) {
    const said = problem(bytes, parts);
    expect(said).toContain(what);
    expect(said).toContain('Save it as CSV UTF-8.');
  }
});

test.each([
  ['sep=|\na|b', 'separates values by "|"'],
  ['a\n"b', 'Line 2 is not CSV'],
  ['a\n\n"b\nc","d"e', 'Line 4 is not CSV'],
  ['a\nb"c', 'Line 2 is not CSV'],
  [`a\n"${'x'.repeat(5_000)}"`, 'Line 2 is longer than 4,000 characters'],
  [`${'x'.repeat(5_000)}\na`, 'Line 1 is longer than 4,000 characters'],
])('the error in %.20j is reported with its line', (text, what) => {
  expect(problem(Buffer.from(text))).toContain(what);
});

test('the header determines the separator, not the lines below', () => {
  expect(read(Buffer.from('one\na;b;c'))).toMatchObject([{}, { cells: ['a;b;c'] }]);
  expect(read(Buffer.from('"a,b,c";two\nx;y,z'))).toMatchObject([{}, { cells: ['x', 'y,z'] }]);
});

test('it keeps at most one record in memory, however long the file', () => {
  const reader = new CsvReader(100);
  const part = Buffer.from(`${`${' '.repeat(90)}\n`.repeat(1_000)}${'a,b\n'.repeat(3)}`);
  let rows = 0;
  const before = process.memoryUsage().heapUsed;
  for (let n = 0; n < 200; n += 1) rows += reader.push(part).length;
  expect(rows).toBe(600);
  expect(process.memoryUsage().heapUsed - before).toBeLessThan(10_000_000);
});
