import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLine, csvValue } from '@/lib/csv/csv-line';

const read = (text: string) => parse(text, { relaxColumnCount: true }) as string[][];
const nasty = ['=1+1', '+', '-2', '@SUM(A1)', '\t=', '\r', '\0', ' =1', '"', '""', ',', '\n', "'"];
const cell = fc.oneof(
  fc.string({ unit: 'binary' }).map((text) => text.toWellFormed()),
  fc.array(fc.constantFrom(...nasty, 'a', ' ', '＝1')).map((parts) => parts.join('')),
);

it('5,000 random cells are read back by another parser, and none is a formula', () => {
  fc.assert(
    fc.property(fc.array(cell, { minLength: 10, maxLength: 10 }), (cells) => {
      const text = csvLine(cells);
      expect(text.endsWith('\r\n')).toBe(true);
      const [found = []] = read(text);
      for (const [index, value] of found.entries()) {
        expect(value).not.toMatch(/^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|^[\t\r\n\0]/);
        const original = cells[index]!.replaceAll('\0', '\ufffd');
        expect([original, `'${original}`]).toContain(value);
        if (!cells[index]!.includes('\0')) expect(csvValue(value)).toBe(original);
      }
      expect(found).toHaveLength(cells.length);
    }),
    { numRuns: 500 },
  );
});

it.each([
  ['plain', 'plain'],
  ['a,b', '"a,b"'],
  ['say "x"', '"say ""x"""'],
  ['two\nlines', '"two\nlines"'],
  ['=cmd|/c', "'=cmd|/c"],
  ['-1', "'-1"],
  ["'-1", "''-1"],
  ["O'Hara", "O'Hara"],
  ['a-1', 'a-1'],
  ['', ''],
  [null, ''],
  [7, '7'],
])('%j is written as %j', (value, written) => {
  expect(csvLine([value])).toBe(`${written}\r\n`);
});
