import { type Fault, fault, type Manual } from './pages';

export const mostLines = 150;

/** Pages that are too long to be read. */
export function tooLong({ pages }: Manual): Fault[] {
  return pages
    .filter(({ lines }) => lines > mostLines)
    .map((page) => fault(page, page.lines, `has more than ${mostLines} lines`));
}

/** Pages about what surrounds Keydesk end with how that was tried. */
const ends = ['## How it is built', '## What was tried'];

/** Pages that are no description of a part, each with what they are. */
const withoutParts: [form: RegExp, kind: string][] = [
  [/^[A-Z]+\.md$/, 'front'],
  [/^docs\/decisions\//, 'reasons'],
  [/^docs\/leak-scanning\//, 'rules'],
  [/^docs\/glossary\.md$/, 'words'],
  [/^docs\/tour\.md$/, 'pictures'],
  [/^docs\/english\.md$/, 'style'],
  [/^docs\/development\.md$/, 'building'],
];

/** Pages whose last part is not how it is built, for those who want to know. */
export function withoutEnd({ pages }: Manual): Fault[] {
  return pages
    .filter(({ path }) => !withoutParts.some(([form]) => form.test(path)))
    .filter(({ prose }) => !ends.includes(prose.match(/^## .*$/gm)?.at(-1) ?? ''))
    .map((page) => fault(page, page.lines, 'does not end with "How it is built"'));
}
