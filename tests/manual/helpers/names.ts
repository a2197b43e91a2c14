import { type Fault, fault, lineAt, type Manual } from './pages';

/** A kind of name: what exists, where the manual may speak of it, and what looks like one. */
export type Kind = {
  what: string;
  /** All that a page must name. */
  names: string[];
  /** More that a page may name. */
  alsoKnown?: string[];
  /** Whether a text names it. */
  isNamed?: (text: string, name: string) => boolean;
  /** Finds what the manual means as such a name, in its first group. */
  form?: RegExp;
};

const asWord = (text: string, name: string) => {
  const escaped = name.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return new RegExp(`(?<![\\w.-])${escaped}(?![\\w-])`).test(text);
};

/** Names that no page has. */
export function unnamed({ pages }: Manual, { what, names, isNamed = asWord }: Kind): Fault[] {
  return names
    .filter((name) => !pages.some(({ text }) => isNamed(text, name)))
    .map((name) => `manual:0 names the ${what} ${name} on no page` as const);
}

/** Names in the manual of what does not exist. */
export function unknown({ pages }: Manual, { what, names, alsoKnown = [], form }: Kind): Fault[] {
  if (!form) return [];
  const known = new Set([...names, ...alsoKnown]);
  return pages.flatMap((page) =>
    [...page.text.matchAll(form)]
      .filter(([, name = '']) => !known.has(name))
      .map((found) =>
        fault(page, lineAt(page.text, found.index), `names the ${what} ${found[1]}, which is none`),
      ),
  );
}
