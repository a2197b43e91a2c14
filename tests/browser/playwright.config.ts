import { defineConfig } from '@playwright/test';
import type { AttackOptions } from '../attack/helpers/attack-test';
import { times } from '../helpers/times';

/**
 * Every journey runs with JavaScript. Those that must work without it run again without it. Attacks run without
 * `proxy.ts`, because no decision may depend on it, and in a full run with it as well.
 */
export default defineConfig<object, AttackOptions>({
  testMatch: '*.spec.ts',
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
    { name: 'faults', testDir: '../faults', fullyParallel: false },
    { name: 'starts', testDir: '../start', fullyParallel: false },
    { name: 'attacks without the proxy', testDir: '../attack', use: { withoutProxy: true } },
    ...times([{ name: 'attacks', testDir: '../attack' }], []),
    { name: 'clients of the API', testDir: '../api', fullyParallel: false },
    { name: 'with JavaScript', testDir: '.', grepInvert: /@plain-only/ },
    {
      name: 'without JavaScript',
      testDir: '.',
      grep: /@plain/,
      use: { javaScriptEnabled: false },
    },
  ],
});
