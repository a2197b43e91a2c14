import { defineConfig } from '@playwright/test';
import type { AttackOptions } from '../attack/helpers/attack-test';
import { times } from '../helpers/times';

const extent = process.env.TESTS;
/** In `npm test` only the main job is repeated without JavaScript. */
const mainJob = /@plain-(main|only)/;
const plain = {
  quick: { grep: mainJob },
  slow: { grep: /@plain/, grepInvert: mainJob },
  named: { grep: /@plain/ },
};
const slowFile = '**/*.slow.spec.ts';
/** Files of a project. A slow run is of the slow files alone. */
const files = {
  testMatch: extent === 'slow' ? slowFile : '**/*.spec.ts',
  testIgnore: extent === 'quick' ? slowFile : [],
};

/**
 * Every journey runs with JavaScript. Those that must work without it run again without it. Attacks run without
 * `proxy.ts`, because no decision may depend on it, and in a full run with it as well.
 */
export default defineConfig<object, AttackOptions>({
  outputDir: '../../test-results',
  workers: 2,
  // A test that passes once in two tries has failed.
  retries: 0,
  fullyParallel: true,
  timeout: 30_000,
  expect: { timeout: 7_000 },
  forbidOnly: Boolean(process.env.CI),
  use: {
    browserName: 'chromium',
    viewport: { width: 1280, height: 800 },
    trace: 'off',
    launchOptions: {
      executablePath: process.env.CHROMIUM_PATH,
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--disable-quic',
      ],
    },
  },
  // Long files come first, so that none is left to run alone at the end.
  projects: [
    { name: 'faults', testDir: '../faults', fullyParallel: false, ...files },
    { name: 'starts', testDir: '../start', fullyParallel: false, ...files },
    {
      name: 'attacks without the proxy',
      testDir: '../attack',
      use: { withoutProxy: true },
      ...files,
    },
    ...times([{ name: 'attacks', testDir: '../attack' }], []),
    { name: 'clients of the API', testDir: '../api', fullyParallel: false, ...files },
    { name: 'with JavaScript', testDir: '.', grepInvert: /@plain-only/, ...files },
    {
      name: 'without JavaScript',
      testDir: '.',
      testMatch: '**/*.spec.ts',
      ...(plain[extent as keyof typeof plain] ?? plain.named),
      use: { javaScriptEnabled: false },
    },
  ],
});
