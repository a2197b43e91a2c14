/**
 * `npm run pictures` draws the pictures of README and tour again, from a desk that looks used. Needs `npm run
 * build`.
 * `npm run pictures -- all <folder>` draws every screen there, in light, dark and a narrow window, for
 * review.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from '@playwright/test';
import { Client } from 'pg';
import { freePort } from '../../scripts/free-port';
import { Sentence } from '../../scripts/sentence';
import { openBrowser, type State, signedInState } from '../bench/browser';
import { requireBuild, startProduct } from '../bench/product';
import { openCluster } from '../faults/helpers/cluster';
import { collect, handOver } from './hand-over';
import { fillLivedIn } from './lived-in';
import { screens, tour } from './screens';

type Form = { width: number; scheme: 'light' | 'dark' };

const forms: Record<string, Form> = {
  light: { width: 1280, scheme: 'light' },
  dark: { width: 1280, scheme: 'dark' },
  narrow: { width: 360, scheme: 'light' },
};

async function main([what, folder]: string[]) {
  requireBuild();
  const cluster = await openCluster();
  const [page, verify] = [await freePort(), await freePort()];
  const product = await startProduct(cluster.url, page, verify);
  const browser = await openBrowser();
  try {
    const client = new Client({ connectionString: cluster.url });
    await client.connect();
    const ids = await fillLivedIn(client);
    const origin = `http://localhost:${page}`;
    const state = await signedInState(browser, origin);
    await client.query('update session set proved_at = now()');
    await client.end();
    if (what === 'all' && folder) await drawAll(browser, state, origin, screens(ids), folder);
    else {
      await drawTour(browser, state, origin, tour(ids));
      await drawHandOver(browser, state, origin);
    }
  } finally {
    await browser.close();
    product.kill('SIGKILL');
    await cluster.remove();
  }
}

async function drawAll(
  browser: Browser,
  state: State,
  origin: string,
  paths: Record<string, string>,
  folder: string,
) {
  mkdirSync(folder, { recursive: true });
  for (const [form, { width, scheme }] of Object.entries(forms)) {
    const page = await openPage(browser, state, width, scheme);
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(origin + path);
      await page.screenshot({ path: join(folder, `${name}-${form}.png`), fullPage: true });
    }
    await page.context().close();
  }
}

async function drawTour(
  browser: Browser,
  state: State,
  origin: string,
  paths: Record<string, string>,
) {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await openPage(browser, state, 1280, scheme);
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(origin + path);
      await draw(page, name, scheme);
    }
    await page.context().close();
  }
}

/** Drawn last, because each adds a key to the lists of the others. */
async function drawHandOver(browser: Browser, state: State, origin: string) {
  for (const scheme of ['light', 'dark'] as const) {
    const page = await openPage(browser, state, 1280, scheme);
    await page.goto(`${origin}/keys/new`);
    const link = await handOver(page);
    await draw(page, 'hand-over', scheme);
    await page.context().close();
    const user = await openPage(browser, undefined, 1280, scheme);
    await collect(user, link);
    await draw(user, 'collect', scheme);
    await user.context().close();
  }
}

const draw = (page: Page, name: string, scheme: Form['scheme']) =>
  page.screenshot({ path: `docs/images/${name}-${scheme}.png` });

async function openPage(
  browser: Browser,
  state: State | undefined,
  width: number,
  scheme: Form['scheme'],
) {
  const context = await browser.newContext({
    storageState: state,
    viewport: { width, height: 800 },
    colorScheme: scheme,
  });
  return context.newPage();
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Sentence)) throw error;
  console.error(error.message);
  process.exit(1);
}
process.exit(0);
