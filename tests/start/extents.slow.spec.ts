import { execFileSync } from 'node:child_process';
import { expect, test } from '@playwright/test';
import { type Extent, filesOf } from '../../scripts/test/plan';

// `npm test` and `npm run test:slow` together must run every test, and none twice.
test.describe.configure({ timeout: 60_000 });

function list(program: string, extent: Extent, args: string[]): string[] {
  const env = { ...process.env, TESTS: extent };
  return execFileSync(process.execPath, [program, ...args], { env, encoding: 'utf8' })
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => /\.(test\.tsx?|spec\.ts)/.test(line))
    .sort();
}
const jestFiles = (extent: Extent) =>
  list('node_modules/jest/bin/jest.js', extent, ['--listTests', ...filesOf(extent)]);
const journeys = (extent: Extent) =>
  list('node_modules/@playwright/test/cli.js', extent, [
    ...['test', '--list', '-c', 'tests/browser/playwright.config.ts'],
  ]);

for (const [what, found] of [
  ['file of Jest', jestFiles],
  ['test of Playwright', journeys],
] as const) {
  test(`every ${what} is in one of the two`, () => {
    const [quick, slow, all] = [found('quick'), found('slow'), found('named')];
    expect(slow.length).toBeGreaterThan(0);
    expect([...quick, ...slow].sort()).toEqual(all);
  });
}
