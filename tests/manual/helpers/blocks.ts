import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { alwaysRun, type Cover, reasons } from './covers';
import { type Block, type Fault, fault, type Manual, type Page } from './pages';

type Covers = Record<string, Cover[]>;

const placeOf = (page: Page, block: Block) => `${page.path} § ${block.heading} § ${block.language}`;

/** Every block with what covers it. */
export function coveredBlocks({ pages }: Manual, covers: Covers) {
  const counts = new Map<string, number>();
  return pages.flatMap((page) =>
    page.blocks.map((block) => {
      const place = placeOf(page, block);
      const index = counts.get(place) ?? 0;
      counts.set(place, index + 1);
      return { page, block, place, cover: covers[place]?.[index] };
    }),
  );
}

/** Blocks that nothing holds true, and covers without a block. */
export function uncoveredBlocks(manual: Manual, covers: Covers): Fault[] {
  const found = coveredBlocks(manual, covers);
  const uncovered = found.flatMap(({ page, block, place, cover }) => {
    if (block.language === '') return [fault(page, block.line, 'has a block without a language')];
    if (cover) return unproved(page, block, cover);
    if (alwaysRun.includes(block.language)) return [];
    return [fault(page, block.line, `has a block that no test knows: ${place}`)];
  });
  const orphans = Object.entries(covers).flatMap(([place, all]) => {
    const blocks = found.filter((one) => one.place === place).length;
    return blocks < all.length
      ? [`${place}:0 has ${blocks} blocks, and covers.ts knows ${all.length}` as const]
      : [];
  });
  return [...uncovered, ...orphans];
}

function unproved(page: Page, block: Block, cover: Cover): Fault[] {
  if ('picture' in cover) return [];
  if ('notRun' in cover) {
    if (cover.notRun in reasons) return [];
    return [fault(page, block.line, `is not run, for a reason that is none: ${cover.notRun}`)];
  }
  return Object.values(cover).flatMap((test) => unread(page, block, test));
}

/** How many blocks are covered in each way. */
export function countCovers(manual: Manual, covers: Covers): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { cover } of coveredBlocks(manual, covers)) {
    const [kind = ''] = Object.keys(cover ?? { run: '' });
    counts[kind] = (counts[kind] ?? 0) + 1;
  }
  return counts;
}

/** A test that names neither the page nor the heading cannot run the block as it stands. */
function unread(page: Page, block: Block, test: string): Fault[] {
  const texts = existsSync(test) ? withImports(test) : [];
  const names = [basename(page.path), `'${block.heading}'`];
  if (texts.some((text) => names.some((name) => text.includes(name)))) return [];
  return [fault(page, block.line, `is said to be held by ${test}, which does not read the page`)];
}

function withImports(test: string): string[] {
  const text = readFileSync(test, 'utf8');
  const imports = [...text.matchAll(/from '(\.[^']+)'/g)]
    .map(([, path = '']) => `${join(dirname(test), path)}.ts`)
    .filter((path) => existsSync(path));
  return [text, ...imports.map((path) => readFileSync(path, 'utf8'))];
}
