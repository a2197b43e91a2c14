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
