import { countCovers, coveredBlocks, uncoveredBlocks } from './helpers/blocks';
import { covers } from './helpers/covers';
import { missingFiles } from './helpers/files';
import { tooLong, withoutEnd } from './helpers/lengths';
import { deadLinks, unreachedPages } from './helpers/links';
import { type Kind, unknown, unnamed } from './helpers/names';
import { indentedBlocks, readManual } from './helpers/pages';
import {
  commands,
  keysCommands,
  metrics,
  routes,
  screenRoles,
  screens,
  scripts,
  settings,
  types,
} from './helpers/product-names';
import { longSentences } from './helpers/sentences';

const manual = readManual();

it('has no link that leads nowhere', () => {
  expect(deadLinks(manual)).toEqual([]);
});

it('names no file that is not there', () => {
  expect(missingFiles(manual)).toEqual([]);
});

it('has no page that nobody can reach from the README', () => {
  expect(unreachedPages(manual)).toEqual([]);
});

const kinds: [string, Kind][] = [
  ['setting', settings],
  ['metric', metrics],
  ['type of event', types],
  ['command', commands],
  ['command for keys', keysCommands],
  ['script of npm', scripts],
  ['route', routes],
  ['screen', screens],
];

it.each(kinds)('names every %s, and none that does not exist', (_what, kind) => {
  expect([...unnamed(manual, kind), ...unknown(manual, kind)]).toEqual([]);
});

it('tells who may open each screen', () => {
  const page = manual.pages.find(({ path }) => path === 'docs/screens.md')?.text ?? '';
  const rows = [...page.matchAll(/^\| `(\/[^`]*)` \| [^|]+ \| ([a-z]+) \|/gm)];
  const told = rows.map(([, path, role]) => [path, role]).sort();
  const roles = screenRoles.map(([path, role]) => [path, role === 'nobody' ? 'everybody' : role]);
  expect(told).toEqual(roles.sort());
});

it('has no block that is neither run, nor checked, nor marked', () => {
  expect([...uncoveredBlocks(manual, covers), ...indentedBlocks(manual)]).toEqual([]);
  expect(coveredBlocks(manual, covers).length).toBeGreaterThan(40);
});

it('runs nine of ten blocks, or compares them with the real thing', () => {
  const { notRun = 0, picture = 0, ...held } = countCovers(manual, covers);
  const kept = Object.values(held).reduce((sum, count) => sum + count, 0);
  expect(kept / (kept + notRun + picture)).toBeGreaterThan(0.9);
});

it('has no sentence that must be read twice', () => {
  expect(longSentences(manual)).toEqual([]);
});

it('has no page that is too long', () => {
  expect(tooLong(manual)).toEqual([]);
});

it('ends each page with how it is built', () => {
  expect(withoutEnd(manual)).toEqual([]);
});
