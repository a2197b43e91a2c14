import { type ChildProcess, execFile, execFileSync, fork } from 'node:child_process';
import type { Filled } from './fill';
import type { LoadOptions, LoadResult } from './load';

/** wrk takes a tenth of the processor time that a generator in JavaScript takes from the shared cores. */
export const fastGenerator = hasWrk() ? 'wrk' : 'load.ts';

export type Load = {
  seconds: number;
  port: number;
  filled: Filled;
  /** 32 without it. */
  connections?: number;
  more?: Partial<Pick<LoadOptions, 'kind' | 'keys' | 'expect'>>;
};

/** A load over a few connections, from a process of its own. */
export async function load({
  seconds,
  port,
  filled,
  connections = 32,
  more = {},
}: Load): Promise<LoadResult> {
  const { kind = 'verify', keys = 'valid', expect = '"VALID"' } = more;
  const secrets = keys === 'unknown' ? filled.unknown : filled.secrets;
  if (fastGenerator === 'wrk') {
    return readWrk(
      await run('wrk', [
        ...['-t1', `-c${connections}`, `-d${seconds}s`, '--latency', '-s', 'tests/bench/load.lua'],
        ...[`http://127.0.0.1:${port}`, '--', secrets, filled.service, kind, keys],
      ]),
    );
  }
  const options: LoadOptions = {
    ...{ port, seconds, kind, keys, expect, secrets },
    connections,
    service: filled.service,
  };
  const args = ['--import', 'tsx', 'tests/bench/load.ts', JSON.stringify(options)];
  return JSON.parse(await run(process.execPath, args)) as LoadResult;
}

function readWrk(text: string): LoadResult {
  const milliseconds = (name: string) => {
    const [, value, unit] = new RegExp(`${name} +([\\d.]+)(us|ms|s)`).exec(text) ?? [];
    return Number(value) * { us: 0.001, ms: 1, s: 1_000 }[unit as 'us' | 'ms' | 's'];
  };
  return {
    rate: Number(/Requests\/sec: +([\d.]+)/.exec(text)?.[1]),
    p50: milliseconds('50%'),
    p99: milliseconds('99%'),
    max: Number.NaN,
    statuses: {},
    unexpected: Number(/Non-2xx or 3xx responses: (\d+)/.exec(text)?.[1] ?? 0),
  };
}

export async function startFloor(port: number): Promise<{ child: ChildProcess; port: number }> {
  const child = fork('tests/bench/floor.ts', [String(port)], { execArgv: ['--import', 'tsx'] });
  await new Promise((resolve) => child.once('message', resolve));
  return { child, port };
}

function run(file: string, args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    execFile(file, args, (error, out) => (error ? reject(error) : resolve(out)));
  });
}

function hasWrk(): boolean {
  try {
    execFileSync('sh', ['-c', 'command -v wrk']);
    return true;
  } catch {
    return false;
  }
}
