import { cpus, loadavg } from 'node:os';
import { serviceScopes } from '@/lib/keys/scope';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { freePort } from '../../scripts/free-port';
import { openCluster } from '../faults/helpers/cluster';
import type { ApiLoad, ApiLoadResult } from './api-load';
import { benchApiTime } from './api-time';
import { startCallers } from './callers';
import { addServiceKey, type Filled, fill } from './fill';
import { median } from './median';
import { startProduct } from './product';

const seconds = Number(process.env.BENCH_SECONDS ?? 6);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const callers = 16;
/** Verifications a second: far from the most, because a queue at its limit shows nothing but its length. */
const rate = 500;

type Place = { page: number; port: number; filled: Filled };

/**
 * `npm run bench -- api`: keys made by 16 callers, and what is left of verification meanwhile; lists against the page
 * with the same rows. PostgreSQL writes through to the disk, unlike in other benches, because every key is a commit.
 */
export async function benchApi(folder: string): Promise<void> {
  const cluster = process.env.BENCH_DATABASE_URL
    ? null
    : await openCluster({ shared_buffers: sharedBuffers(), fsync: 'on' });
  const filled = await fill(process.env.BENCH_DATABASE_URL ?? cluster?.url ?? '', 10_000, folder);
  const [page, port] = [await freePort(), await freePort()];
  const product = await startProduct(filled.url, page, port);
  const place = { page, port, filled };
  try {
    console.log(
      `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load average ${loadavg().map((one) => one.toFixed(1))}\n`,
    );
    await benchCreating(place, await addServiceKey(filled.url, [...serviceScopes]));
    await benchApiTime(place, await addServiceKey(filled.url, [...serviceScopes]));
  } finally {
    product.kill();
    await cluster?.remove();
  }
}

/** With and without creation take turns, because the load of the machine changes from minute to minute. */
async function benchCreating({ page, port, filled }: Place, service: string): Promise<void> {
  const { secrets } = filled;
  const verifying: ApiLoad = {
    ...{ kind: 'verify', port, service: filled.service, seconds, rate, secrets },
  };
  const creating: ApiLoad = {
    ...{ kind: 'create', port: page, service, seconds, callers, user: 'user-1' },
  };
  const [verifiers, creators] = [await startCallers(), await startCallers()];
  const all: { alone: ApiLoadResult; beside: ApiLoadResult; created: ApiLoadResult }[] = [];
  for (let round = -1; round < rounds; round++) {
    const alone = await verifiers.run(verifying);
    const [beside, created] = await Promise.all([verifiers.run(verifying), creators.run(creating)]);
    // The first round warms up.
    if (round >= 0) all.push({ alone, beside, created });
  }
  for (const { stop } of [verifiers, creators]) stop();
  console.log(
    '| round | keys/s | their p99 ms | verification p50, p99 ms | beside creation | ratio of p99 | lost |',
  );
  console.log('|---|---|---|---|---|---|---|');
  for (const [round, { alone, beside, created }] of all.entries()) {
    const cells = [
      ...[round + 1, Math.round(created.rate), created.p99.toFixed(0)],
      ...[alone, beside].map(({ p50, p99 }) => `${p50.toFixed(1)}, ${p99.toFixed(1)}`),
      (beside.p99 / alone.p99).toFixed(2),
      alone.bad + beside.bad + created.bad,
    ];
    console.log(`| ${cells.join(' | ')} |`);
  }
  const rates = all.map(({ created }) => created.rate);
  const ratios = all.map(({ alone, beside }) => beside.p99 / alone.p99);
  console.log(
    `\nmedians: ${Math.round(median(rates))} keys/s, ratio of p99 ${median(ratios).toFixed(2)}; ${callers} callers, ${rate} verifications/s, rounds of ${seconds} s\n`,
  );
}
