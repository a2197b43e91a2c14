import { type Fault, fault, type Manual } from './pages';

export const mostLines = 150;

/** Pages that are longer, each with the reason. */
export const longPages: Record<string, string> = {
  'docs/deploy.md': 'to be split by way of deployment',
  'docs/events.md': 'half of it is the list of types',
  'docs/operate.md': 'backup and restore are read together',
};

/** Pages that are too long to be read, and exceptions that are none any more. */
export function tooLong({ pages }: Manual, exceptions = longPages): Fault[] {
  return pages.flatMap((page) => {
    const long = page.lines > mostLines;
    const excepted = page.path in exceptions;
    if (long && !excepted) return [fault(page, page.lines, `has more than ${mostLines} lines`)];
    if (!long && excepted) return [fault(page, page.lines, 'is no longer an exception')];
    return [];
  });
}

/** Pages about what surrounds Keydesk end with how that was tried. */
const ends = ['## How it is built', '## What was tried'];

/** Pages that are no description of a part. */
const withoutParts = [
  /^[A-Z]+\.md$/,
  /^docs\/(?:decisions|leak-scanning)\//,
  /^docs\/(?:glossary|tour|english|development|benches|drills|rotate-keys|security-model)\.md$/,
  /^docs\/(?:clients-go|clients-python)\.md$/,
  // Not done yet.
  /^docs\/(?:deploy|monitoring|operate)\.md$/,
];

/** Pages whose last part is not how it is built, for those who want to know. */
export function withoutEnd({ pages }: Manual): Fault[] {
  return pages
    .filter(({ path }) => !withoutParts.some((form) => form.test(path)))
    .filter(({ prose }) => !ends.includes(prose.match(/^## .*$/gm)?.at(-1) ?? ''))
    .map((page) => fault(page, page.lines, 'does not end with "How it is built"'));
}
