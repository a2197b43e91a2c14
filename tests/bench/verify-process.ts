import { type ChildProcess, spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pepper } from './fill';

const folder = resolve(process.env.KEYDESK_PRODUCT ?? '.next/standalone');

export type VerifyProcess = { child: ChildProcess; port: number };

/** A process of the built product that serves verification alone. */
export async function startVerifyProcess(url: string, port: number): Promise<VerifyProcess> {
  const child = spawn(process.execPath, [join(folder, 'verify.mjs')], {
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ROLE: 'verify',
      DATABASE_URL: url,
      KEY_PEPPER: `1:${pepper.key.toString('base64')}`,
      HOST: '127.0.0.1',
      VERIFY_PORT: `${port}`,
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  for (;;) {
    if (child.exitCode !== null) throw new Error(`Verification ended with ${child.exitCode}.`);
    const ready = await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => null);
    await ready?.arrayBuffer();
    if (ready?.status === 200) return { child, port };
    await new Promise((done) => setTimeout(done, 20));
  }
}

export type Spent = { seconds: number; answers: number; bytes: number };

/** What the process says that it has done and used since its start. */
export async function spentBy({ port }: VerifyProcess): Promise<Spent> {
  const text = await (await fetch(`http://127.0.0.1:${port}/metrics`)).text();
  const sum = (name: string) =>
    [...text.matchAll(new RegExp(`^${name}(?:{[^}]*})? (\\S+)$`, 'gm'))].reduce(
      (all, [, value]) => all + Number(value),
      0,
    );
  return {
    seconds: sum('process_cpu_seconds_total'),
    answers: sum('keydesk_verifications_total'),
    bytes: sum('process_resident_memory_bytes'),
  };
}
