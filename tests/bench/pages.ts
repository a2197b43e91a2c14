import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { freePort } from '../../scripts/free-port';
import { openCluster } from '../faults/helpers/cluster';
import { type Filled, fill } from './fill';
import { benchFirstLoad } from './first-load';
import { fastGenerator, load } from './processes';
import { startProduct } from './product';
import { benchServerTime } from './server-time';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);

/** The first load of `/keys` and its processor time; then verification on `VERIFY_PORT` of the built product, with and without pages at full tilt on `PORT`. */
export async function benchPages(folder: string): Promise<void> {
  const cluster = process.env.BENCH_DATABASE_URL
    ? null
    : await openCluster({ shared_buffers: sharedBuffers() });
  const filled = await fill(process.env.BENCH_DATABASE_URL ?? cluster?.url ?? '', 10_000, folder);
  const [page, port] = [await freePort(), await freePort()];
  const product = await startProduct(filled.url, page, port);
  try {
    await benchFirstLoad(`http://localhost:${page}`);
    await benchServerTime(`http://localhost:${page}`, port);
    await compare((pages) =>
      measure(pages ? `http://127.0.0.1:${page}/login` : null, port, filled),
    );
  } finally {
    product.kill();
    await cluster?.remove();
  }
}

/** With and without take turns, because the load of the machine changes from minute to minute. */
async function compare(ask: (pages: boolean) => ReturnType<typeof measure>) {
  console.log('| pages at 16 connections | verifications/s | p50 ms | p99 ms | pages loaded |');
  console.log('|---|---|---|---|---|');
  for (let round = -1; round < rounds; round++) {
    for (const pages of [false, true]) {
      const { rate, p50, p99, loaded } = await ask(pages);
      // The first round warms up.
      if (round < 0) continue;
      const cells = [
        pages ? 'yes' : 'no',
        Math.round(rate),
        p50.toFixed(1),
        p99.toFixed(1),
        loaded,
      ];
      console.log(`| ${cells.join(' | ')} |`);
    }
  }
  console.log(`\n10,000 keys, 32 connections, generator ${fastGenerator}`);
}

async function measure(page: string | null, port: number, filled: Filled) {
  const pages = page ? loadPages(page) : null;
  const result = await load({ seconds, port, filled });
  return { ...result, loaded: (await pages?.stop()) ?? 0 };
}

/** Loads the sign-in page, which is rendered for each request like every page. */
function loadPages(url: string) {
  let stopped = false;
  let loaded = 0;
  const loops = Array.from({ length: 16 }, async () => {
    while (!stopped) {
      const { status } = await get(url);
      if (status !== 200) throw new Error(`${url} answered ${status}.`);
      loaded += 1;
    }
  });
  return {
    async stop() {
      stopped = true;
      await Promise.all(loops);
      return loaded;
    },
  };
}

async function get(url: string): Promise<{ status: number }> {
  const response = await fetch(url);
  await response.arrayBuffer();
  return { status: response.status };
}
