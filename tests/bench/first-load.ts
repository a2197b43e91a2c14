import type { Browser } from '@playwright/test';
import { freePort } from '../../scripts/free-port';
import { watchTraffic } from '../browser/traffic';
import { startBareNext } from './bare-next';
import { openBrowser, type State, signedInState } from './browser';
import { median } from './median';

const rounds = Number(process.env.BENCH_ROUNDS ?? 15);

type Load = { lcp: number; firstPaint: number; kilobytes: number; requests: number };

/**
 * `/keys` as a browser that has nothing of it loads it, against a bare page of 25 rows: in turns, for
 * what else the machine does changes within seconds. The ratio is what counts.
 */
export async function benchFirstLoad(origin: string): Promise<void> {
  const port = await freePort();
  const bare = await startBareNext(port);
  const browser = await openBrowser();
  try {
    const state = await signedInState(browser, origin);
    const pages = [
      { name: '/keys', url: `${origin}/keys`, state, loads: [] as Load[] },
      {
        name: 'bare page',
        url: `http://localhost:${port}/`,
        state: undefined,
        loads: [] as Load[],
      },
    ];
    for (const page of pages) await warmUp(browser, page.url, page.state);
    for (let round = 0; round < rounds; round++) {
      for (const page of pages) page.loads.push(await loadCold(browser, page.url, page.state));
    }
    report(pages);
  } finally {
    await browser.close();
    bare.stop();
  }
}

/** The server, not the browser: what it runs often is compiled, as on a desk that is in use. */
async function warmUp(browser: Browser, url: string, storageState?: State): Promise<void> {
  const context = await browser.newContext({ storageState });
  for (let turn = 0; turn < 50; turn++) await context.request.get(url);
  await loadCold(browser, url, storageState);
  await context.close();
}

/** In a browser context of its own, whose cache is empty. */
async function loadCold(browser: Browser, url: string, storageState?: State): Promise<Load> {
  const context = await browser.newContext({
    storageState,
    viewport: { width: 1280, height: 800 },
  });
  const page = await context.newPage();
  const traffic = await watchTraffic(page);
  const answer = await page.goto(url, { waitUntil: 'networkidle' });
  if (!answer?.ok() || page.url() !== url) throw new Error(`${url} led to ${page.url()}.`);
  const [lcp = 0, firstPaint = 0] = await page.evaluate(paints);
  await context.close();
  const { kilobytes, requests } = traffic();
  return { lcp, firstPaint, kilobytes, requests };
}

/** When the largest and the first thing were painted, in milliseconds since the click. */
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

function report(pages: Array<{ name: string; loads: Load[] }>) {
  console.log('| cold load | LCP ms (median, range) | first paint ms | JavaScript KB | requests |');
  console.log('|---|---|---|---|---|');
  const lcps = pages.map(({ name, loads }) => {
    const of = (what: keyof Load) => loads.map((load) => load[what]);
    const [lcp, low, high] = [median(of('lcp')), Math.min(...of('lcp')), Math.max(...of('lcp'))];
    const cells = [
      name,
      `${lcp.toFixed(0)} (${low.toFixed(0)} to ${high.toFixed(0)})`,
      median(of('firstPaint')).toFixed(0),
      median(of('kilobytes')).toFixed(1),
      median(of('requests')),
    ];
    console.log(`| ${cells.join(' | ')} |`);
    return lcp;
  });
  console.log(`\nLCP ratio ${((lcps[0] ?? 0) / (lcps[1] ?? 1)).toFixed(2)}, ${rounds} rounds\n`);
}
