import { fork } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createWriteStream, rmSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { migrateDatabase } from '@/db/migrate';
import { sharedBuffers } from '../../scripts/embedded/shared-buffers';
import { openCluster } from '../faults/helpers/cluster';
import { environment } from '../verify/helpers/desk';
import { exportFromProduct } from './transfer-export';
import type { TransferOrder, TransferResult } from './transfer-process';

const keys = Number(process.env.BENCH_KEYS ?? 1_000_000);
const keysEach = 5;

/**
 * Imports that many keys in two steps, with the functions that pages and the command call, each in a process
 * of its own. Then exports them from the built product. Watches the memory of each.
 */
export async function benchTransfer(folder: string): Promise<void> {
  const cluster = process.env.BENCH_DATABASE_URL
    ? null
    : await openCluster({ shared_buffers: sharedBuffers() });
  const server = process.env.BENCH_DATABASE_URL ?? cluster?.url ?? '';
  const file = join(folder, 'transfer.csv');
  const name = `keydesk_bench_transfer_${process.pid}`;
  await onServer(server, `create database ${name} template template0 encoding 'UTF8'`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  try {
    await fillUsers(url.href);
    await writeFile(file);
    console.log('| what | keys | seconds | keys/s | memory at start MB | growth MB | load |');
    console.log('|---|---|---|---|---|---|---|');
    report('check', await inProcess(url.href, { what: 'check', file }));
    report('import', await inProcess(url.href, { what: 'import', file }));
    report('export over HTTP', await exportFromProduct(url.href));
  } finally {
    rmSync(file, { force: true });
    await onServer(server, `drop database ${name} with (force)`);
    await cluster?.remove();
  }
}

async function inProcess(url: string, order: TransferOrder): Promise<TransferResult> {
  const child = fork('tests/bench/transfer-process.ts', [JSON.stringify(order)], {
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    env: { ...process.env, ...environment(url) },
  });
  const failed = once(child, 'exit').then(([code]) =>
    Promise.reject(new Error(`${order.what}: ${code}`)),
  );
  const [result] = (await Promise.race([once(child, 'message'), failed])) as [TransferResult];
  failed.catch(() => undefined);
  return result;
}

function report(what: string, { seconds, before, most }: TransferResult) {
  const megabytes = (bytes: number) => Math.round(bytes / 1_048_576);
  const cells = [
    what,
    keys.toLocaleString('en'),
    seconds.toFixed(1),
    Math.round(keys / seconds).toLocaleString('en'),
    megabytes(before),
    megabytes(most - before),
    loadavg()[0]?.toFixed(1),
  ];
  console.log(`| ${cells.join(' | ')} |`);
}

async function fillUsers(url: string) {
  await migrateDatabase(url);
  await onServer(
    url,
    `insert into directory_user (id, username)
     select gen_random_uuid(), 'user-' || n from generate_series(1, ${Math.ceil(keys / keysEach)}) n`,
  );
  await onServer(url, 'vacuum analyze directory_user');
}

async function writeFile(path: string) {
  const file = createWriteStream(path);
  file.write('username,name,status,created,expires,scopes,secret\n');
  for (let from = 0; from < keys; from += 10_000) {
    const random = randomBytes(240_000).toString('base64url');
    const lines = Array.from({ length: Math.min(10_000, keys - from) }, (_, index) => {
      const secret = `live_${random.slice(index * 32, index * 32 + 32)}`;
      const user = `user-${1 + Math.floor((from + index) / keysEach)}`;
      return `${user},nightly report,active,2024-02-03T04:05:06Z,2031-01-01,reports:read,${secret}\n`;
    });
    if (!file.write(lines.join(''))) await once(file, 'drain');
  }
  file.end();
  await once(file, 'finish');
}

async function onServer(connectionString: string, statement: string) {
  const client = new Client({ connectionString });
  await client.connect();
  await client.query(statement).finally(() => client.end());
}
