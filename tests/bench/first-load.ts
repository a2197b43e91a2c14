import type { Browser } from '@playwright/test';
import { freePort } from '../../scripts/free-port';
import { watchTraffic } from '../browser/traffic';
import { startBarePage } from './bare-page';
import { openBrowser, type State, signedInState } from './browser';
import { median } from './median';

const rounds = Number(process.env.BENCH_ROUNDS ?? 15);

type Load = { lcp: number; firstPaint: number; kilobytes: number; requests: number };
type Shown = { name: string; url: string; state?: State };
type Start = { name: string; from?: string };
type Row = Shown & { start: Start; loads: Load[] };

/**
 * Loads `/keys` in a browser with an empty cache, against a bare page of 25 rows. They take turns, because
 * the load of the machine changes within seconds. Compare the ratio.
 * From an empty tab, which only programs start with, Chromium continues in the process of that tab, except
 * for pages that `Cross-Origin-Opener-Policy` separates. The bare page is therefore also loaded with that
 * header. From a page of another site, as for people, every page has a process of its own.
 */
export async function benchFirstLoad(origin: string): Promise<void> {
  const port = await freePort();
  const bare = await startBarePage(port);
  const browser = await openBrowser();
  try {
    const state = await signedInState(browser, origin);
    const pages: Shown[] = [
      { name: 'bare page', url: `http://localhost:${port}/` },
      { name: 'bare page, kept apart', url: `http://localhost:${port}/apart` },
      { name: '/keys', url: `${origin}/keys`, state },
    ];
    const starts: Start[] = [
      { name: 'an empty tab' },
      { name: 'another site', from: `http://127.0.0.1:${port}/` },
    ];
    for (const page of pages) await warmUp(browser, page);
    const rows = starts.flatMap((start) =>
      pages.map((page): Row => ({ ...page, start, loads: [] })),
    );
    for (let round = 0; round < rounds; round++) {
      for (const row of rows) row.loads.push(await loadCold(browser, row, row.start.from));
    }
    report(rows);
  } finally {
    await browser.close();
    bare.stop();
  }
}

/** Warms up the server, not the browser, so that frequent code is compiled as on a desk in use. */
async function warmUp(browser: Browser, page: Shown): Promise<void> {
  const context = await browser.newContext({ storageState: page.state });
  for (let turn = 0; turn < 300; turn++) await context.request.get(page.url);
  await loadCold(browser, page);
  await context.close();
}

/** Loads in a new browser context, whose cache is empty. */
async function loadCold(browser: Browser, { url, state }: Shown, from?: string): Promise<Load> {
  const context = await browser.newContext({
    storageState: state,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  if (from) await page.goto(from, { waitUntil: 'networkidle' });
  const traffic = await watchTraffic(page);
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  if (!answer?.ok() || page.url() !== url) throw new Error(`${url} led to ${page.url()}.`);
  const [lcp = 0, firstPaint = 0] = await page.evaluate(paints);
  await context.close();
  const { kilobytes, requests } = traffic();
  return { lcp, firstPaint, kilobytes, requests };
}

/** When the largest and the first element were painted, in milliseconds since the click. */
async function paints(): Promise<number[]> {
  const largest = new Promise<number>((resolve) => {
    new PerformanceObserver((list) => resolve(list.getEntries().at(-1)?.startTime ?? 0)).observe({
      type: 'largest-contentful-paint',
      buffered: true,
    });
  });
  const [first] = performance.getEntriesByName('first-contentful-paint');
  return [await largest, first?.startTime ?? 0];
}

function report(rows: Row[]) {
  console.log(
    '| from | page | LCP ms (median, range) | of the bare page | first paint ms | JavaScript KB | requests |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const { name, start, loads } of rows) {
    const of = (what: keyof Load, all: Load[] = loads) => all.map((load) => load[what]);
    const bare = rows.find((row) => row.start === start)?.loads;
    const [lcp, low, high] = [median(of('lcp')), Math.min(...of('lcp')), Math.max(...of('lcp'))];
    const cells = [
      start.name,
      name,
      `${lcp.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`,
      (lcp / median(of('lcp', bare))).toFixed(2),
      median(of('firstPaint')).toFixed(0),
      median(of('kilobytes')).toFixed(1),
      median(of('requests')),
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  console.log(`\n${rounds} rounds\n`);
}
