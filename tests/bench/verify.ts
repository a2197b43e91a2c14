import { cpus, totalmem } from 'node:os';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { freePort } from '../../scripts/free-port';
import { openCluster } from '../faults/helpers/cluster';

import { fill } from './fill';
import type { LoadResult } from './load';
import { median } from './median';
import { fastGenerator, load, startFloor } from './processes';
import { memoryOf, startProduct } from './product';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const sizes = (process.env.BENCH_KEYS ?? '10000,1000000').split(',').map(Number);

type Row = { name: string; ratios: number[]; rates: number[]; p50: number[]; p99: number[] };

const subjects = [
  { name: 'valid', more: {} },
  { name: 'gate', more: { kind: 'gate', expect: 'X-Auth-User' } },
  { name: 'unknown', more: { keys: 'unknown', expect: 'NOT_FOUND' } },
  { name: 'malformed', more: { keys: 'malformed', expect: 'MALFORMED' } },
] as const;

/**
 * Rounds are interleaved, and the bare server is measured again next to each subject, because the load of the
 * machine changes within seconds. The figure is the median of the rounds.
 */
export async function benchVerify(folder: string): Promise<void> {
  const cluster = process.env.BENCH_DATABASE_URL
    ? null
    : await openCluster({ shared_buffers: sharedBuffers() });
  const url = process.env.BENCH_DATABASE_URL ?? cluster?.url ?? '';
  const floor = await startFloor(await freePort());
  const tables = await openTables(url, folder);
  const rows = new Map<string, Row>();
  const memory = new Map<number, number>();
  for (let round = -1; round < rounds; round++) {
    // The first round warms up, so that compiling is not measured.
    if (round === 0) rows.clear();
    for (const { size, filled, port } of tables) {
      for (const { name, more } of subjects) {
        const base = await load({ seconds: seconds / 2, port: floor.port, filled });
        const result = await load({ seconds, port, filled, more });
        note(rows, `${name}, ${size.toLocaleString('en')} keys`, result, base.rate);
      }
      memory.set(size, await memoryOf(port));
    }
  }
  report([...rows.values()], memory);
  for (const { product } of tables) product.kill();
  floor.child.kill();
  await cluster?.remove();
}

/** A database for each number of keys, and the built product on it. */
async function openTables(url: string, folder: string) {
  const tables = [];
  for (const size of sizes) {
    console.error(`Filling ${size.toLocaleString('en')} keys`);
    const filled = await fill(url, size, folder);
    const [page, port] = [await freePort(), await freePort()];
    tables.push({ size, filled, port, product: await startProduct(filled.url, page, port) });
  }
  return tables;
}

function note(rows: Map<string, Row>, name: string, result: LoadResult, base: number) {
  const row = rows.get(name) ?? { name, ratios: [], rates: [], p50: [], p99: [] };
  rows.set(name, row);
  row.rates.push(result.rate);
  row.ratios.push(result.rate / base);
  row.p50.push(result.p50);
  row.p99.push(result.p99);
  const ratio = (result.rate / base).toFixed(2);
  console.error(`${name}: ${Math.round(result.rate)} req/s, ${ratio} of the floor`);
  if (result.unexpected > 0) console.error(`${result.unexpected} unexpected answers`);
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
