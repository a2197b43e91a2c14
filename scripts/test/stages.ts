import { join } from 'node:path';
import { isBuildNeeded } from '../build-freshness';
import { findChromium } from './chromium';
import { runProgram } from './stage';
import { jestTally, playwrightTally, type Tally } from './tally';
import { runTemporaryServer } from './temporary-server';

export type Context = {
  folder: string;
  paths: string[];
  cleanups: (() => Promise<void>)[];
  url?: string;
};
type Result = Tally & { content: boolean };
type Stage = { name: string; run: (context: Context) => Promise<Result> };

/** What can fail soonest comes first. */
export const stages: Stage[] = [
  { name: 'lint', run: () => program(tool('@biomejs/biome/bin/biome', 'check', '.')) },
  { name: 'types', run: () => program(['npm', 'run', '--silent', 'typecheck']) },
  { name: 'jest', run: runJest },
  { name: 'build', run: build },
  { name: 'browser', run: runPlaywright },
  { name: 'lists', run: smokeLists },
];

const tool = (path: string, ...args: string[]) => [
  process.execPath,
  join('node_modules', path),
  ...args,
];

async function program(command: string[]): Promise<Result> {
  return { content: await runProgram(command), passed: 0, failed: 0 };
}

async function runJest(context: Context): Promise<Result> {
  const report = join(context.folder, 'jest.json');
  // Full faults one after the other: load of one must not pass for a fault of another. Else two at
  // once: Jest would take one fewer than there are cores, which on two is one.
  const order = process.env.FAULTS === 'full' ? '--runInBand' : '--maxWorkers=2';
  const content = await runProgram(
    tool('jest/bin/jest.js', '--ci', '--json', `--outputFile=${report}`, order, ...context.paths),
    { ...(await forTests(context)), NODE_ENV: 'test' },
    { silentOutput: true },
  );
  return { content, ...jestTally(report) };
}

async function build(): Promise<Result> {
  if (isBuildNeeded()) return program([process.execPath, '--import', 'tsx', 'scripts/build.ts']);
  console.log('The build is newer than its sources.');
  return { content: true, passed: 0, failed: 0 };
}

async function runPlaywright(context: Context): Promise<Result> {
  const chromium = await findChromium();
  console.log(`Browser: ${chromium}`);
  const report = join(context.folder, 'playwright.json');
  const config = 'tests/browser/playwright.config.ts';
  const content = await runProgram(
    tool('@playwright/test/cli.js', 'test', ...context.paths, '-c', config, '--reporter=list,json'),
    {
      ...(await forTests(context)),
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
    },
  );
  return { content, ...playwrightTally(report) };
}

/** That every question of the report's bench has an answer; how long it takes is for the bench to say. */
async function smokeLists(context: Context): Promise<Result> {
  const { TEST_DATABASE_URL, TMPDIR } = await forTests(context);
  const bench = ['--conditions=react-server', '--import', 'tsx', 'scripts/bench.ts'];
  const content = await runProgram(
    [process.execPath, ...bench, 'lists', '--keys', '10000'],
    { BENCH_DATABASE_URL: TEST_DATABASE_URL, BENCH_ROUNDS: '1', TMPDIR },
    { silentOutput: true },
  );
  return { content, passed: content ? 1 : 0, failed: 0 };
}

/** What an interrupted test leaves behind lies in a folder that we remove. */
async function forTests(context: Context) {
  context.url ??= process.env.TEST_DATABASE_URL;
  if (!context.url) {
    const server = await runTemporaryServer();
    context.cleanups.push(server.stop);
    context.url = server.url;
  }
  return { TEST_DATABASE_URL: context.url, TMPDIR: context.folder };
}
