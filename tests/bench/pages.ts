import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { openCluster } from '../faults/helpers/cluster';
import { environment } from '../verify/helpers/desk';
import { freePort } from '../verify/helpers/recipe';
import { type Filled, fill, pepper } from './fill';
import { fastGenerator, load } from './processes';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const built = '.next/standalone/server.js';

/** Verification on `VERIFY_PORT` of the built product, with and without pages at full tilt on `PORT`. */
export async function benchPages(folder: string): Promise<void> {
  if (!existsSync(built)) throw new Error('There is no build: npm run build.');
  const cluster = process.env.BENCH_DATABASE_URL
    ? null
    : await openCluster({ shared_buffers: sharedBuffers() });
  const filled = await fill(process.env.BENCH_DATABASE_URL ?? cluster?.url ?? '', 10_000, folder);
  const [page, port] = [await freePort(), await freePort()];
  const product = await startProduct(filled.url, page, port);
  try {
    await compare((pages) =>
      measure(pages ? `http://127.0.0.1:${page}/login` : null, port, filled),
    );
  } finally {
    product.kill();
    await cluster?.remove();
  }
}

/** With and without in turns, for what else the machine does changes from minute to minute. */
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

/** The sign-in page: rendered anew for each request, like every page. */
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

async function startProduct(url: string, page: number, port: number): Promise<ChildProcess> {
  const product = spawn(process.execPath, [built], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ...environment(url, {
        KEY_PEPPER: `1:${pepper.key.toString('base64')}`,
        AUTH_URL: `http://localhost:${page}`,
        PORT: `${page}`,
        VERIFY_PORT: `${port}`,
        HOSTNAME: '127.0.0.1',
        ADMIN_USERNAME: 'ada',
        ADMIN_PASSWORD: 'a long enough password',
        NEXT_MANUAL_SIG_HANDLE: 'true',
      }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (let attempt = 0; attempt < 300; attempt++) {
    if (product.exitCode !== null) throw new Error(`The product ended with ${product.exitCode}.`);
    const ready = await get(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    if (ready?.status === 200) return product;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  product.kill();
  throw new Error('The product is not ready.');
}
