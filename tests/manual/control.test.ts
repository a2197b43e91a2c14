import { countCovers, uncoveredBlocks } from './helpers/blocks';
import type { Cover } from './helpers/covers';
import { missingFiles } from './helpers/files';
import { tooLong, withoutEnd } from './helpers/lengths';
import { deadLinks, unreachedPages } from './helpers/links';
import { unknown, unnamed } from './helpers/names';
import { indentedBlocks, madeUp } from './helpers/pages';
import { commands, routes, settings, types } from './helpers/product-names';
import { longSentences } from './helpers/sentences';

const readme = (text: string, more: Record<string, string> = {}) =>
  madeUp({ 'README.md': text, ...more });

it('finds a link to a file, a heading or a picture that is not there', () => {
  const manual = readme(
    '[a](docs/none.md) [b](docs/there.md#no-heading) [c](docs/there.md#a-heading--b-1)\n<img src="no.png">',
    { 'docs/there.md': '# `A` Heading & b\n\n## A Heading & b\n\n[up](../README.md)\n' },
  );
  expect(deadLinks(manual)).toEqual([
    'README.md:1 leads to docs/none.md, which is not there',
    'README.md:1 leads to docs/there.md#no-heading, and the page has no such heading',
    'README.md:2 leads to no.png, which is not there',
  ]);
});

it('takes no code for a link, and no address of another site for a file', () => {
  expect(
    deadLinks(readme('`[a](none)` [b](https://example.org)\n```sh\n[c](none)\n```\n')),
  ).toEqual([]);
});

it('finds a file that is not there', () => {
  const manual = readme('`lib/a.ts`\n`lib/none.ts` `deploy/secrets/password` `npm run lib/x`', {
    'lib/a.ts': '',
  });
  expect(missingFiles(manual)).toEqual(['README.md:2 names lib/none.ts, which is not there']);
});

it('finds a page that only its own neighbours link to', () => {
  const manual = readme('[a](docs/a.md)', {
    'docs/a.md': 'a',
    'docs/b.md': '[c](c.md)',
    'docs/c.md': '[b](b.md)',
  });
  expect(unreachedPages(manual)).toEqual([
    'docs/b.md:1 is linked from no page',
    'docs/c.md:1 is linked from no page',
  ]);
});

it('finds what no page names', () => {
  const manual = readme('`PORT` and VERIFY_PORT, `npm run admin -- rewrap`, `key.create`');
  expect(unnamed(manual, { ...settings, names: ['PORT', 'VERIFY_PORT', 'HOST'] })).toEqual([
    'manual:0 names the setting HOST on no page',
  ]);
  expect(unnamed(manual, { ...commands, names: ['rewrap', 'peppers'] })).toHaveLength(1);
  expect(unnamed(manual, { ...types, names: ['key.create', 'key.creat'] })).toHaveLength(1);
  const longer = readme('`POST /api/v1/keys/{id}/restore`');
  expect(unnamed(longer, { ...routes, names: ['/api/v1/keys/{id}'] })).toHaveLength(1);
  expect(unnamed(longer, { ...routes, names: ['/api/v1/keys/{id}/restore'] })).toEqual([]);
});

it('finds what does not exist', () => {
  const manual = readme('`NO_SETTING=1` `PORT`\n`key.explode`\nnpm run admin -- explode ada');
  expect([settings, types, commands].flatMap((kind) => unknown(manual, kind))).toEqual([
    'README.md:1 names the setting NO_SETTING, which is none',
    'README.md:2 names the type of event key.explode, which is none',
    'README.md:3 names the command explode, which is none',
  ]);
});

describe('of blocks', () => {
  const block = (language: string) => `# A\n\n\`\`\`${language}\nx\n\`\`\`\n`;
  const found = (language: string, ...all: Cover[]) =>
    uncoveredBlocks(
      readme(block(language)),
      all.length ? { [`README.md § A § ${language}`]: all } : {},
    );

  it('finds one that nothing covers, one without a language, and a cover without a block', () => {
    expect(found('sh')).toEqual(['README.md:3 has a block that no test knows: README.md § A § sh']);
    expect(found('yaml')).toHaveLength(1);
    expect(found('')).toEqual(['README.md:3 has a block without a language']);
    expect(found('sh', { picture: true }, { picture: true })).toEqual([
      'README.md § A § sh:0 has 1 blocks, and covers.ts knows 2',
    ]);
    expect([found('sql'), found('sh', { picture: true })]).toEqual([[], []]);
  });

  it.each(['run', 'checked', 'compared'])(
    'finds a test of kind %s that is none, or does not read the page',
    (kind) => {
      const cover = (test: string) => ({ [kind]: test }) as Cover;
      for (const test of ['tests/manual/none.test.ts', 'tests/turns.test.ts']) {
        expect(found('sh', cover(test))).toEqual([
          `README.md:3 is said to be held by ${test}, which does not read the page`,
        ]);
      }
      expect(found('sh', cover('tests/manual/messages.test.ts'))).toEqual([]);
    },
  );

  it('takes a test that finds the block by its heading, wherever it stands', () => {
    const text = '# Mail\n\n```sh\nx\n```\n';
    const held = (run: string) =>
      uncoveredBlocks(madeUp({ 'docs/moved.md': text }), {
        'docs/moved.md § Mail § sh': [{ run }],
      });
    expect(held('tests/manual/settings-blocks.test.ts')).toEqual([]);
    expect(held('tests/manual/messages.test.ts')).toHaveLength(1);
  });

  it('finds a reason that is not one of the list, and counts each kind', () => {
    const odd = { notRun: 'no time' } as unknown as Cover;
    expect(found('sh', odd)).toEqual([
      'README.md:3 is not run, for a reason that is none: no time',
    ]);
    expect(found('sh', { notRun: 'program' })).toEqual([]);
    const manual = readme(block('sh') + block('sql'));
    expect(countCovers(manual, { 'README.md § A § sh': [{ notRun: 'program' }] })).toEqual({
      ...{ notRun: 1, run: 1 },
    });
  });
});

it('finds a sentence of 31 words, across lines, and counts code as one word', () => {
  const words = (count: number) => Array.from({ length: count }, () => 'word').join(' ');
  expect(longSentences(readme(`Short one. ${words(20)}\n${words(11)}. Short.`))).toHaveLength(1);
  expect(longSentences(readme(`${words(29)} \`a b c d\`. ${words(20)}.`))).toEqual([]);
  expect(longSentences(readme(`| ${words(40)} |\n\n- ${words(20)}\n- ${words(20)}`))).toEqual([]);
});

it('finds a page that is too long', () => {
  const manual = readme('a\n'.repeat(151), { 'docs/short.md': 'a\n'.repeat(150) });
  expect(tooLong(manual)).toEqual(['README.md:151 has more than 150 lines']);
});

it('finds a page that ends otherwise, and a block without a fence', () => {
  const manual = readme('- one\n\n    of a list\n\ntext\n\n    a block\n', {
    'docs/a.md': '# A\n\n## How it is built\n\nwell\n\n## More\n',
  });
  expect(withoutEnd(manual)).toEqual(['docs/a.md:7 does not end with "How it is built"']);
  expect(indentedBlocks(manual)).toEqual(['README.md:7 has a block without a fence']);
});
