import { execFileSync } from 'node:child_process';
import { get } from 'node:http';
import { freePort } from '../../scripts/free-port';
import { signInCookie } from './browser';
import { startProduct } from './product';
import type { TransferResult } from './transfer-process';

/** Milliseconds between two samples, short enough to see a peak. */
const glance = 300;

/** The export over HTTP from the built product, as the first request of a browser. */
export async function exportFromProduct(url: string): Promise<TransferResult> {
  const [page, port] = [await freePort(), await freePort()];
  const product = await startProduct(url, page, port);
  let watch: NodeJS.Timeout | undefined;
  try {
    const origin = `http://localhost:${page}`;
    const headers = { cookie: await signInCookie(origin), 'sec-fetch-site': 'same-origin' };
    const before = residentBytes(product.pid);
    let most = before;
    watch = setInterval(() => {
      most = Math.max(most, residentBytes(product.pid));
    }, glance);
    const began = performance.now();
    await read(`${origin}/keys/export`, headers);
    return { seconds: (performance.now() - began) / 1_000, before, most };
  } finally {
    clearInterval(watch);
    product.kill();
  }
}

/** Measured from outside, because asking the process every few milliseconds would add to its memory. */
const residentBytes = (pid = 0) =>
  1_024 * Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' }));

/** Reads the answer to its end and discards it. */
function read(url: string, headers: Record<string, string>): Promise<void> {
  return new Promise((resolve, reject) => {
    get(url, { headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`The export answered ${answer.statusCode}.`));
      answer.on('error', reject).on('end', resolve).resume();
    }).on('error', reject);
  });
}
