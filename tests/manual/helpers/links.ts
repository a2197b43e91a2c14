import { dirname, join, normalize } from 'node:path';
import { type Fault, fault, lineAt, type Manual, type Page } from './pages';

type Link = { line: number; target: string };

const forms = [/\]\(([^)\s]+)\)/g, /(?:src|srcset|href)="([^"]+)"/g];

/** Links and pictures of a page, without those to other sites. */
function linksOf(page: Page): Link[] {
  const text = page.prose.replace(/`[^`\n]*`/g, (code) => ' '.repeat(code.length));
  return forms.flatMap((form) =>
    [...text.matchAll(form)]
      .map((found) => ({ line: lineAt(text, found.index), target: found[1] ?? '' }))
      .filter(({ target }) => !/^(https?|mailto):/.test(target)),
  );
}

/** The anchors that headings get, in the way of GitHub and of most renderers. */
function anchorsOf(page: Page): Set<string> {
  const seen = new Map<string, number>();
  return new Set(
    [...page.prose.matchAll(/^#+ (.*)$/gm)].map(([, heading = '']) => {
      const plain = heading.replace(/\[([^\]]*)\]\([^)]*\)/g, '$1').toLowerCase();
      const slug = plain.replace(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(' ', '-');
      const count = seen.get(slug) ?? 0;
      seen.set(slug, count + 1);
      return count > 0 ? `${slug}-${count}` : slug;
    }),
  );
}

const resolved = (page: Page, file: string) =>
  file === '' ? page.path : normalize(join(dirname(page.path), file)).replace(/\/$/, '');

/** Links to a file, a heading or a picture that is not there. */
export function deadLinks({ pages, exists }: Manual): Fault[] {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  return pages.flatMap((page) =>
    linksOf(page).flatMap(({ line, target }) => {
      const [file = '', anchor] = target.split('#');
      const path = resolved(page, file);
      if (!exists(path)) return [fault(page, line, `leads to ${path}, which is not there`)];
      const there = byPath.get(path);
      if (anchor === undefined || !there || anchorsOf(there).has(anchor)) return [];
      return [fault(page, line, `leads to ${path}#${anchor}, and the page has no such heading`)];
    }),
  );
}

/** Pages that nobody can reach from the README by following links. */
export function unreachedPages({ pages }: Manual): Fault[] {
  const byPath = new Map(pages.map((page) => [page.path, page]));
  const reached = new Set<string>();
  const next = ['README.md'];
  for (let path = next.pop(); path !== undefined; path = next.pop()) {
    const page = byPath.get(path);
    if (!page || reached.has(path)) continue;
    reached.add(path);
    next.push(...linksOf(page).map(({ target }) => resolved(page, target.split('#')[0] ?? '')));
  }
  return pages
    .filter(({ path }) => !reached.has(path))
    .map((page) => fault(page, 1, 'is linked from no page'));
}
