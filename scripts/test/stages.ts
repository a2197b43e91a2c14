import { join, resolve } from 'node:path';
import { buildProduct, type Product } from './build';
import { findChromium } from './chromium';
import { filesOf, type Plan } from './plan';
import { jestResult, playwrightResult, type Result } from './results';
import { runProgram } from './stage';
import { runTemporaryServer } from './temporary-server';

export type Context = {
  plan: Plan;
  folder: string;
  cleanups: (() => Promise<void>)[];
  url?: string;
  product?: Product;
};
type Stage = { name: string; run: (context: Context) => Promise<Result & { content: boolean }> };

/** Stages that fail soonest come first, and the build before the tests that need it. */
export const stages: Stage[] = [
  { name: 'lint', run: () => program(tool('@biomejs/biome/bin/biome', 'check', '.')) },
  { name: 'types', run: () => program(['npm', 'run', '--silent', 'typecheck']) },
  { name: 'build', run: build },
  { name: 'jest', run: runJest },
  { name: 'browser', run: runPlaywright },
];

/** Runs only if it is asked for. */
export const watchStage: Stage = { name: 'watch', run: watch };

const nothing = { passed: 0, failed: 0, files: [], tests: [], failures: [] };

const tool = (path: string, ...args: string[]) => [
  process.execPath,
  join('node_modules', path),
  ...args,
];

async function program(command: string[]) {
  return { content: await runProgram(command), ...nothing };
}

async function build(context: Context) {
  context.product = await buildProduct(join(context.folder, 'product'));
  return { content: context.product !== undefined, ...nothing };
}

async function runJest(context: Context) {
  const { paths, options, extent } = context.plan;
  const report = join(context.folder, 'jest.json');
  // Full runs are serial, so that the load of one test does not look like a fault of another. Otherwise three
  // run at once, because some of them mostly wait.
  const order = extent === 'full' ? '--runInBand' : '--maxWorkers=3';
  const content = await runProgram(
    jest(
      '--ci',
      '--json',
      `--outputFile=${report}`,
      order,
      ...options,
      ...filesOf(extent),
      ...paths,
    ),
    await forTests(context),
    { silentOutput: true },
  );
  return { content, ...jestResult(report) };
}

async function watch(context: Context) {
  const { paths, options } = context.plan;
  const command = jest('--watch', '--maxWorkers=2', ...options, ...paths);
  const content = await runProgram(command, await forTests(context), { interactive: true });
  return { content, ...nothing };
}

const jest = (...args: string[]) => tool('jest/bin/jest.js', ...args);

async function runPlaywright(context: Context) {
  const { paths, options } = context.plan;
  const chromium = await findChromium();
  console.log(`Browser: ${chromium}`);
  const report = join(context.folder, 'playwright.json');
  const config = ['-c', 'tests/browser/playwright.config.ts', '--reporter=list,json'];
  const content = await runProgram(
    tool('@playwright/test/cli.js', 'test', ...config, ...options, ...paths),
    {
      ...(await forDesks(context)),
      CHROMIUM_PATH: chromium,
      PLAYWRIGHT_JSON_OUTPUT_FILE: report,
      // Keeps compiled files from run to run.
      PWTEST_CACHE_DIR: resolve('node_modules/.cache/playwright'),
    },
  );
  return { content, ...playwrightResult(report) };
}

/** With the name of a migrated database, of which each desk gets a copy instead of migrating one. */
async function forDesks(context: Context): Promise<Record<string, string>> {
  const environment = await forTests(context);
  const { findTemplate } = await import('../../tests/helpers/template-database');
  const { TEST_DATABASE_URL: server = '' } = environment;
  return { ...environment, KEYDESK_TEMPLATE: await findTemplate(server, '') };
}

/** Sets TMPDIR to a folder that is removed at the end, with whatever an interrupted test has left. */
async function forTests(context: Context): Promise<Record<string, string>> {
  context.url ??= process.env.TEST_DATABASE_URL;
  if (!context.url) {
    // A full run has lists of a million keys, which would fill the memory.
    const server = await runTemporaryServer({ inMemory: context.plan.extent !== 'full' });
    context.cleanups.push(server.stop);
    context.url = server.url;
  }
  return {
    TEST_DATABASE_URL: context.url,
    TMPDIR: context.folder,
    NODE_ENV: 'test',
    TESTS: context.plan.extent,
    ...(context.product && {
      KEYDESK_PRODUCT: context.product.folder,
      KEYDESK_SOURCE: context.product.source,
    }),
  };
}
