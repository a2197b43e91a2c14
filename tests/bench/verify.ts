import { cpus, totalmem } from 'node:os';
import { openCluster } from '../faults/helpers/cluster';
import { buildThread, startInstance } from '../verify/helpers/instance';
import { freePort } from '../verify/helpers/recipe';
import { type Filled, fill, pepper } from './fill';
import type { LoadResult } from './load';
import { fastGenerator, load, memoryOf, startFloor } from './processes';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const sizes = (process.env.BENCH_KEYS ?? '10000,1000000').split(',').map(Number);

type Row = { name: string; ratios: number[]; rates: number[]; p50: number[]; p99: number[] };

/** Interleaved rounds, each beginning with the floor; the median of the rounds is the figure. */
export async function benchVerify(folder: string): Promise<void> {
  const cluster = process.env.BENCH_DATABASE_URL ? null : await openCluster();
  const url = process.env.BENCH_DATABASE_URL ?? cluster?.url ?? '';
  const thread = await buildThread();
  const floor = await startFloor(await freePort());
  const filled = new Map<number, Filled>();
  for (const size of sizes) filled.set(size, await fill(url, size, folder));
  const instances = new Map<number, Awaited<ReturnType<typeof startInstance>>>();
  for (const [size, { url: own }] of filled) {
    const more = { KEY_PEPPER: `1:${pepper.key.toString('base64')}` };
    instances.set(size, await startInstance(own, thread, more));
  }
  const rows = new Map<string, Row>();
  const measure = async (name: string, base: number | null, ask: () => Promise<LoadResult>) => {
    const result = await ask();
    const row = rows.get(name) ?? { name, ratios: [], rates: [], p50: [], p99: [] };
    rows.set(name, row);
    if (result.unexpected > 0) console.error(`${name}: ${result.unexpected} unexpected answers`);
    row.rates.push(result.rate);
    row.ratios.push(result.rate / (base ?? result.rate));
    row.p50.push(result.p50);
    row.p99.push(result.p99);
    return result.rate;
  };
  const memory = new Map<number, number>();
  for (let round = -1; round < rounds; round++) {
    // The first one warms up: what is compiled then is not measured.
    if (round === 0) rows.clear();
    const base = await measure('bare node:http', null, () =>
      load({ seconds, port: floor.port, filled: filled.get(sizes[0] as number) as Filled }),
    );
    for (const size of sizes) {
      const own = filled.get(size) as Filled;
      const port = instances.get(size)?.port ?? 0;
      const keys = `${size.toLocaleString('en')} keys`;
      const ask = (more: Parameters<typeof load>[0]['more']) => () =>
        load({ seconds, port, filled: own, more });
      await measure(`valid, ${keys}`, base, ask({}));
      await measure(`gate, ${keys}`, base, ask({ kind: 'gate', expect: 'X-Auth-User' }));
      await measure(`unknown, ${keys}`, base, ask({ keys: 'unknown', expect: 'NOT_FOUND' }));
      await measure(`malformed, ${keys}`, base, ask({ keys: 'malformed', expect: 'MALFORMED' }));
      memory.set(size, await memoryOf(instances.get(size)?.child));
    }
  }
  report([...rows.values()], memory);
  for (const instance of instances.values()) await instance.stop();
  floor.child.kill();
  await cluster?.remove();
}

function report(rows: Row[], memory: Map<number, number>) {
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.version}, generator ${fastGenerator}`,
  );
  console.log('| 32 connections | req/s | of bare node:http (rounds) | p50 ms | p99 ms |');
  console.log('|---|---|---|---|---|');
  for (const { name, rates, ratios, p50, p99 } of rows) {
    const range = `${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}..${Math.max(...ratios).toFixed(2)})`;
    console.log(
      `| ${name} | ${Math.round(median(rates)).toLocaleString('en')} | ${range} | ${median(p50).toFixed(2)} | ${median(p99).toFixed(1)} |`,
    );
  }
  const rateOf = (size?: number) =>
    rows.find(({ name }) => name === `valid, ${size?.toLocaleString('en')} keys`)?.ratios ?? [];
  const [small, large] = [rateOf(sizes[0]), rateOf(sizes.at(-1))];
  const pairs = large.map((ratio, round) => ratio / (small[round] ?? ratio));
  console.log(`\nlargest : smallest table ${median(pairs).toFixed(2)}`);
  for (const [size, bytes] of memory)
    console.log(`RSS with ${size} keys: ${Math.round(bytes / 1e6)} MB`);
}

function median(values: number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
