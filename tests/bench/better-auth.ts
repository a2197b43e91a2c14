import { type ChildProcess, execFileSync, fork } from 'node:child_process';
import { existsSync } from 'node:fs';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { freePort } from '../../scripts/free-port';
import { openCluster } from '../faults/helpers/cluster';
import { buildThread, startInstance } from '../verify/helpers/instance';
import { type Filled, fill, pepper } from './fill';
import { copyKeys, createPeerDatabase } from './fill-better-auth';
import { median } from './median';
import { fastGenerator, load } from './processes';

const seconds = Number(process.env.BENCH_SECONDS ?? 4);
const rounds = Number(process.env.BENCH_ROUNDS ?? 3);
const sizes = (process.env.BENCH_KEYS ?? '10000,1000000').split(',').map(Number);
const rig = 'tests/bench/better-auth';

/** Keydesk and better-auth in turns, on one PostgreSQL, with the same keys: the median ratio counts. */
export async function benchBetterAuth(folder: string): Promise<void> {
  install();
  const cluster = process.env.BENCH_DATABASE_URL
    ? null
    : await openCluster({ shared_buffers: sharedBuffers() });
  const url = process.env.BENCH_DATABASE_URL ?? cluster?.url ?? '';
  const thread = await buildThread();
  console.log(`Valid keys, 32 connections, generator ${fastGenerator}, ${rounds} × ${seconds} s\n`);
  console.log('| keys | Keydesk req/s | better-auth req/s | ratio (rounds) | p99 ms, each |');
  console.log('|---|---|---|---|---|');
  for (const size of sizes) await compareAt(size, await fill(url, size, folder), url, thread);
  await cluster?.remove();
}

async function compareAt(size: number, filled: Filled, admin: string, thread: string) {
  const more = { KEY_PEPPER: `1:${pepper.key.toString('base64')}` };
  const ours = await startInstance(filled.url, thread, more);
  const theirs = await startPeer(
    await createPeerDatabase(admin, `better_auth_bench_${size}`),
    filled.secrets,
  );
  const results: { ours: number; theirs: number; p99: [number, number] }[] = [];
  // The first round warms up: what is compiled then is not measured.
  for (let round = -1; round < rounds; round++) {
    const one = await load({ seconds, port: ours.port, filled });
    const other = await load({ seconds, port: theirs.port, filled });
    for (const { unexpected } of [one, other]) {
      if (unexpected > 0) throw new Error(`${unexpected} answers were not that the key is valid.`);
    }
    if (round >= 0) results.push({ ours: one.rate, theirs: other.rate, p99: [one.p99, other.p99] });
  }
  await ours.stop();
  theirs.child.kill();
  const ratios = results.map((result) => result.ours / result.theirs);
  const cells = [
    size.toLocaleString('en'),
    Math.round(median(results.map((result) => result.ours))).toLocaleString('en'),
    Math.round(median(results.map((result) => result.theirs))).toLocaleString('en'),
    `${median(ratios).toFixed(1)} (${ratios.map((ratio) => ratio.toFixed(1)).join(', ')})`,
    [0, 1].map((at) => median(results.map(({ p99 }) => p99[at] ?? 0)).toFixed(0)).join(' / '),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

/** On demand, into its own folder: it is no dependency of the product. */
function install() {
  if (existsSync(`${rig}/node_modules/@better-auth/api-key`)) return;
  const options = ['--legacy-peer-deps', '--no-package-lock', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...options], { cwd: rig, stdio: 'inherit' });
}

async function startPeer(url: string, secrets: string) {
  const port = await freePort();
  const child = fork(`${rig}/server.mjs`, {
    env: { PATH: process.env.PATH, NODE_ENV: 'production', PORT: `${port}`, DATABASE_URL: url },
  });
  await heard(child);
  child.send('sample');
  await heard(child);
  await copyKeys(url, secrets);
  return { child, port };
}

function heard(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    child.once('message', resolve);
    child.once('exit', (code) => reject(new Error(`better-auth's server ended with ${code}.`)));
  });
}
