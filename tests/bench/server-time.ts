import { fork } from 'node:child_process';
import { freePort } from '../../scripts/free-port';
import { signInCookie } from './browser';
import { median } from './median';

const rounds = Number(process.env.BENCH_ROUNDS ?? 10);
const requests = 30;
const warmUp = 300;

/** Processor time so far, user and system, in milliseconds. */
export type Clock = () => Promise<number>;
export type Side = {
  name: string;
  url: string;
  /** Made anew for each request. */
  request: () => RequestInit;
  clock: Clock;
  times: number[];
};

/**
 * What `/keys` costs the server in processor time, against a bare page of 25 rows: in turns, one request
 * after another. The ratio compares builds, also on a machine that is busy.
 */
export async function benchServerTime(origin: string, verifyPort: number): Promise<void> {
  const port = await freePort();
  const bare = await startBare(port);
  const cookie = await signInCookie(origin);
  const request = () => ({ headers: { cookie } });
  const product: Clock = () => productTime(verifyPort);
  const sides: Side[] = [
    { name: 'bare page', url: `http://localhost:${port}/`, request, clock: bare.clock, times: [] },
    { name: '/keys', url: `${origin}/keys`, request, clock: product, times: [] },
  ];
  try {
    for (const side of sides) await timeOf(side, warmUp);
    for (let round = 0; round < rounds; round++) {
      for (const side of sides) side.times.push(await timeOf(side, requests));
    }
    report(sides);
  } finally {
    bare.stop();
  }
}

/** Of one request, in milliseconds. */
export async function timeOf({ url, request, clock }: Side, count: number): Promise<number> {
  const before = await clock();
  for (let turn = 0; turn < count; turn++) {
    const answer = await fetch(url, { ...request(), redirect: 'error' });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${url} answered ${answer.status}.`);
  }
  return ((await clock()) - before) / count;
}

async function startBare(port: number) {
  const child = fork('tests/bench/bare-process.ts', [`${port}`], { execArgv: ['--import', 'tsx'] });
  const said = () => new Promise<unknown>((resolve) => child.once('message', resolve));
  await said();
  const clock: Clock = async () => {
    const told = said();
    child.send('time');
    const { user, system } = (await told) as NodeJS.CpuUsage;
    return (user + system) / 1_000;
  };
  return { clock, stop: () => child.kill() };
}

export async function productTime(port: number): Promise<number> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  return Number(/^process_cpu_seconds_total (\S+)$/m.exec(text)?.[1]) * 1_000;
}

function report(sides: Side[]) {
  const bare = median(sides[0]?.times ?? []);
  console.log('| page | processor time ms (median) | of the bare page |\n|---|---|---|');
  for (const { name, times } of sides) {
    const time = median(times);
    console.log(`| ${name} | ${time.toFixed(2)} | ${(time / bare).toFixed(1)} |`);
  }
  console.log(`\n${rounds} rounds of ${requests} requests\n`);
}
