import { readFileSync } from 'node:fs';
import { openApi } from '@/lib/api/openapi';
import { descriptionText, digestLine, paths, referenceText } from '../../scripts/api/derived';

const made = (path: string) => readFileSync(path, 'utf8');

// If one of these fails: npm run api.
it('the manual has the description as it is', () => {
  expect(made(paths.description)).toBe(descriptionText());
});

it('the reference in the manual is made from it', () => {
  expect(made(paths.reference)).toBe(referenceText());
});

it('the types of the client in the tests are made from it', () => {
  expect(made(paths.types).split('\n')[0]).toBe(digestLine(descriptionText()));
});

it('every reference in it leads somewhere', () => {
  const document = openApi('https://keydesk.example.org') as Record<string, unknown>;
  const refs = [...JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)];
  expect(refs.length).toBeGreaterThan(100);
  for (const [, path = ''] of refs) {
    const found = path
      .split('/')
      .reduce<unknown>((at, part) => (at as Record<string, unknown>)?.[part], document);
    expect([path, typeof found]).toEqual([path, 'object']);
  }
});
