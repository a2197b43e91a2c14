import { readdirSync, readFileSync } from 'node:fs';
import { openApi } from '@/lib/api/openapi';
import { descriptionText, digestLine, paths, referenceTexts } from '../../scripts/api/derived';
import type { Description } from '../../scripts/api/description';
import { layOut } from '../../scripts/api/lay-out';
import { referencePages } from '../../scripts/api/reference-pages';

const description = openApi('https://keydesk.example.org') as Description;

const made = (path: string) => readFileSync(path, 'utf8');

// If one of these fails: npm run api.
it('the manual has the description as it is', () => {
  expect(made(paths.description)).toBe(descriptionText());
});

describe('the reference in the manual', () => {
  const texts = referenceTexts();

  it.each(Object.entries(texts))('%s is made from it', (path, text) => {
    expect(made(path)).toBe(text);
  });

  it('has no page that is not made from it', () => {
    const pages = readdirSync('docs/api').map((name) => `docs/api/${name}`);
    expect(['docs/api-reference.md', ...pages].sort()).toEqual(Object.keys(texts).sort());
  });

  it('has each operation on one page, and each schema on one page', () => {
    const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    const schemas = Object.keys(description.components.schemas);
    const headings = Object.values(texts).flatMap((text) => text.match(/^## .*$/gm) ?? []);
    for (const name of [...operations, ...schemas]) {
      expect([name, headings.filter((heading) => heading === `## ${name}`).length]).toEqual([
        name,
        1,
      ]);
    }
  });

  it('control: an operation that no page has, or two have, is found', () => {
    const [first, ...others] = referencePages;
    expect(() => layOut(description, others)).toThrow('verifyKey');
    expect(() => layOut(description, [...referencePages, ...(first ? [first] : [])])).toThrow(
      'verifyKey',
    );
  });
});

it('the types of the client in the tests are made from it', () => {
  expect(made(paths.types).split('\n')[0]).toBe(digestLine(descriptionText()));
});

it('every reference in it leads somewhere', () => {
  const refs = [...JSON.stringify(description).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(refs.length).toBeGreaterThan(100);
  for (const [, path = ''] of refs) {
    const found = path
      .split('/')
      .reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], description);
    expect([path, typeof found]).toEqual([path, 'object']);
  }
});
