import { cpus, loadavg } from 'node:os';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { openCluster } from '../faults/helpers/cluster';
import { numberOption, option } from './desk-options';
import { type Desk, openDesk } from './open-desk';

const rounds = Number(process.env.BENCH_ROUNDS ?? 7);

type Timed = { name: string; median: number; worst: number };

/**
 * `npm run bench -- lists [--keys 10000000]`: the report over HTTP from the built product, by one signed-in
 * administrator, one request after another, at that size and at 10,000 keys.
 */
export async function benchLists(): Promise<void> {
  const sizes = [...new Set([10_000, numberOption('--keys', 10_000)])];
  const server = option('--database') ?? process.env.BENCH_DATABASE_URL;
  const cluster = server ? null : await openCluster({ shared_buffers: sharedBuffers() });
  const desks: Desk[] = [];
  try {
    for (const size of sizes) desks.push(await openDesk(server ?? cluster?.url ?? '', size));
    report(sizes, await timeAll(desks));
  } finally {
    for (const { product } of desks) product.kill();
    await cluster?.remove();
  }
}

/**
 * The sizes take turns for each request, because the load of the machine changes within seconds. A first
 * round warms up, so that the first page of a day is not measured.
 */
async function timeAll(desks: Desk[]): Promise<Timed[][]> {
  const columns: Timed[][] = desks.map(() => []);
  for (const [row, { name }] of (desks[0]?.questions ?? []).entries()) {
    const times: number[][] = desks.map(() => []);
    for (let round = -1; round < rounds; round++) {
      for (const [at, { ask, questions }] of desks.entries()) {
        const began = performance.now();
        await ask(questions[row]?.path ?? '');
        if (round >= 0) times[at]?.push(performance.now() - began);
      }
    }
    for (const [at, taken] of times.entries()) columns[at]?.push(summary(name, taken));
  }
  return columns;
}

function summary(name: string, times: number[]): Timed {
  times.sort((one, other) => one - other);
  return { name, median: times[Math.floor(rounds / 2)] ?? 0, worst: times.at(-1) ?? 0 };
}

function report(sizes: number[], columns: Timed[][]) {
  const load = loadavg().map((value) => value.toFixed(1));
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, load average ${load.join(', ')}, ${rounds} rounds\n`,
  );
  const heads = sizes.map((size) => `${size.toLocaleString('en')} keys: median ms | worst ms`);
  console.log(`| query | ${heads.join(' | ')}${sizes.length > 1 ? ' | ratio of medians' : ''} |`);
  console.log(`|---|${'---|'.repeat(sizes.length * 2 + (sizes.length > 1 ? 1 : 0))}`);
  for (const [row, { name, median }] of (columns[0] ?? []).entries()) {
    const cells = columns.flatMap((column) => [column[row]?.median ?? 0, column[row]?.worst ?? 0]);
    const ratio = sizes.length > 1 ? [((columns[1]?.[row]?.median ?? 0) / median).toFixed(2)] : [];
    console.log(`| ${[name, ...cells.map((cell) => cell.toFixed(1)), ...ratio].join(' | ')} |`);
  }
}
