import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { Client } from 'pg';
import { migrateDatabase } from '@/db/migrate';
import { verifyRole } from '@/db/verify-role';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { freePort } from '../../scripts/free-port';
import { openCluster } from '../faults/helpers/cluster';
import { type Filled, fill } from './fill';
import { median } from './median';
import { fastGenerator, type Load, load, startFloor } from './processes';
import { type Spent, spentBy, startVerifyProcess, type VerifyProcess } from './verify-process';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);
const keys = Number(process.env.BENCH_KEYS ?? 10_000);
/** Processes, and connections to each of them: one load that they share, then the same load for each. */
const cases = [
  [1, 32],
  [2, 16],
  [4, 8],
  [2, 32],
  [4, 32],
] as const;
type Case = (typeof cases)[number];

type Floor = Awaited<ReturnType<typeof startFloor>>;
/** `cost` is in microseconds of a processor for one answer. */
type Round = { rate: number; cost: number; ofFloor: number; megabytes: number };

/**
 * Processes that serve verification alone, on one database. The generator and PostgreSQL use the same
 * processors, so the time of a processor for each answer says more than the rate.
 */
export async function benchRoles(folder: string): Promise<void> {
  const cluster = await openCluster({ shared_buffers: sharedBuffers() });
  await asOwner(cluster.url, `create role ${verifyRole} login`);
  const filled = await fill(cluster.url, keys, folder);
  await migrateDatabase(filled.url);
  const url = new URL(filled.url);
  url.username = verifyRole;
  const floor = await startFloor(await freePort());
  const all: VerifyProcess[] = [];
  try {
    for (let n = 0; n < Math.max(...cases.map(([count]) => count)); n++) {
      all.push(await startVerifyProcess(url.href, await freePort()));
    }
    report(await measureAll(all, floor, filled));
  } finally {
    for (const { child } of all) child.kill('SIGKILL');
    floor.child.kill();
    await cluster.remove();
  }
}

/** The first round warms up. */
async function measureAll(all: VerifyProcess[], floor: Floor, filled: Filled) {
  const found = new Map<Case, Round[]>(cases.map((one) => [one, []]));
  for (let round = -1; round < rounds; round++) {
    for (const one of cases) {
      const [count, connections] = one;
      const each = { filled, connections };
      const measured = await measure(all.slice(0, count), floor, each);
      if (round >= 0) found.get(one)?.push(measured);
    }
  }
  return found;
}

async function measure(
  some: VerifyProcess[],
  floor: Floor,
  { filled, connections }: Pick<Load, 'filled' | 'connections'>,
): Promise<Round> {
  const base = await costOf(
    () => spentByFloor(floor.child),
    () => load({ seconds: seconds / 2, port: floor.port, filled }),
  );
  const before = await Promise.all(some.map(spentBy));
  const results = await Promise.all(
    some.map(({ port }) => load({ seconds, port, filled, connections })),
  );
  const after = await Promise.all(some.map(spentBy));
  const cost = costBetween(sum(before), sum(after));
  return {
    rate: results.reduce((total, { rate }) => total + rate, 0),
    cost,
    ofFloor: cost / base,
    megabytes: Math.max(...after.map(({ bytes }) => bytes)) / 1e6,
  };
}

async function costOf(spent: () => Promise<Spent>, run: () => Promise<unknown>): Promise<number> {
  const before = await spent();
  await run();
  return costBetween(before, await spent());
}

const costBetween = (before: Spent, after: Spent) =>
  ((after.seconds - before.seconds) * 1e6) / (after.answers - before.answers);

const sum = (some: Spent[]): Spent => ({
  seconds: some.reduce((total, one) => total + one.seconds, 0),
  answers: some.reduce((total, one) => total + one.answers, 0),
  bytes: 0,
});

async function spentByFloor(child: ChildProcess): Promise<Spent> {
  child.send('spent');
  const [{ cpu, answers, rss }] = await once(child, 'message');
  return { seconds: (cpu.user + cpu.system) / 1e6, answers, bytes: rss };
}

async function asOwner(connectionString: string, statement: string) {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(statement);
  await client.end();
}

function report(found: Map<Case, Round[]>) {
  const of = (some: Round[], name: keyof Round) => some.map((round) => round[name]);
  console.log(
    `${cpus().length} × ${cpus()[0]?.model}, Node ${process.version}, generator ${fastGenerator}, ${keys} keys`,
  );
  console.log(
    '| processes, connections to each | answers/s | processor µs each | of bare node:http | largest RSS MB |',
  );
  console.log('|---|---|---|---|---|');
  for (const [[count, connections], some] of found) {
    const ratios = of(some, 'ofFloor');
    const range = `${Math.min(...ratios).toFixed(1)}..${Math.max(...ratios).toFixed(1)}`;
    console.log(
      `| ${count}, ${connections} | ${Math.round(median(of(some, 'rate'))).toLocaleString('en')} | ${median(of(some, 'cost')).toFixed(0)} | ${median(ratios).toFixed(1)} (${range}) | ${Math.max(...of(some, 'megabytes')).toFixed(0)} |`,
    );
  }
}
