import { execFileSync } from 'node:child_process';
import { type Extent, filesOf } from '@/scripts/test/plan';

// `npm test` and `npm run test:slow` together must run every test, and none twice.
jest.setTimeout(60_000);

function list(program: string, extent: Extent, args: string[]): string[] {
  // Playwright refuses to run within a worker of Jest.
  const env = { ...process.env, TESTS: extent, JEST_WORKER_ID: undefined };
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

it.each([
  ['files of Jest', jestFiles],
  ['tests of Playwright', journeys],
])('every one of the %s is in one of the two', (_what, found) => {
  const [quick, slow, all] = [found('quick'), found('slow'), found('named')];
  expect(slow.length).toBeGreaterThan(0);
  expect([...quick, ...slow].sort()).toEqual(all);
});
