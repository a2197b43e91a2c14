import { readFileSync, readlinkSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Client } from 'pg';
import { codeOf, Sentence } from '../sentence';
import { isRunning } from './cluster';

export type Postmaster = { pid: number; port: number };

/** The server that runs in the folder, according to `postmaster.pid`. */
export function findPostmaster(folder: string): Postmaster | undefined {
  let lines: string[];
  try {
    lines = readFileSync(join(folder, 'postmaster.pid'), 'utf8').split('\n');
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Sentence(`The embedded database in DATA_DIR cannot be read (${codeOf(error)}).`);
  }
  const pid = Number(lines[0]);
  return pid > 0 && isServerOf(folder, pid) ? { pid, port: Number(lines[3]) } : undefined;
}

/** After a crash of the machine, another process may have the number in the file. */
function isServerOf(folder: string, pid: number): boolean {
  if (!isRunning(pid)) return false;
  try {
    return readlinkSync(`/proc/${pid}/cwd`) === realpathSync(folder);
  } catch {
    return process.platform !== 'linux' || isRunning(pid);
  }
}

export async function stopPostmaster({ pid }: Postmaster): Promise<void> {
  const deadline = Date.now() + 30_000;
  try {
    process.kill(pid, 'SIGINT');
  } catch (error) {
    if (codeOf(error) !== 'ESRCH') throw notOurs(pid);
  }
  while (isRunning(pid)) {
    if (Date.now() > deadline) throw notOurs(pid);
    await delay(50);
  }
}

const notOurs = (pid: number) =>
  new Sentence(
    `A PostgreSQL left over in DATA_DIR (process ${pid}) does not stop: stop it yourself.`,
  );

export function superuserUrl(port: number, password: string): string {
  return `postgresql://postgres:${password}@127.0.0.1:${port}/postgres`;
}

/** A session; undefined if the server does not answer yet. */
export async function connectTo(connectionString: string): Promise<Client | undefined> {
  const client = new Client({
    connectionString,
    application_name: 'keydesk start',
    connectionTimeoutMillis: 2_000,
    keepAlive: true,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    if (codeOf(error) !== '28P01') return undefined;
    throw new Sentence('The embedded database refuses the password in DATA_DIR/postgres-password.');
  }
}
