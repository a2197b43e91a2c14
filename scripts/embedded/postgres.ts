import { closeSync, fstatSync, openSync, readFileSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { freePort } from '../free-port';
import { Sentence } from '../sentence';
import { plainEnvironment, type Supervised, stopSupervised, supervise } from '../supervised';
import { type Account, becoming } from './account';
import type { Binaries } from './binaries';
import { connectTo, findPostmaster, superuserUrl } from './postmaster';
import { sharedBuffers } from './shared-buffers';

export type Server = { process: Supervised; port: number; session: Client };

const largestLog = 10_000_000;

/**
 * Runs PostgreSQL in the folder, on loopback and a free port.
 *
 * @returns undefined if another process took the folder or the port first; the caller should try again
 */
export async function runPostgres(
  { folder: programs }: Binaries,
  folder: string,
  password: string,
  account: Account | undefined,
  extra: Record<string, string> = {},
): Promise<Server | undefined> {
  const port = await freePort();
  const logFile = `${folder}.log`;
  const log = openLog(logFile);
  const beginning = fstatSync(log).size;
  const options = { ...configuration(port), ...extra };
  const process = supervise(
    [
      ...[join(programs, 'postgres'), '-D', folder],
      ...Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]),
    ],
    {
      deathSignal: 'INT',
      ...becoming(account, [folder, programs]),
      cwd: dirname(folder),
      stdio: ['ignore', log, log],
      env: plainEnvironment(),
    },
  );
  closeSync(log);
  const session = await untilReady(process, folder, superuserUrl(port, password));
  if (session) return { process, port, session };
  const told = readFileSync(logFile).subarray(beginning).toString();
  if (/postmaster\.pid" already exists|Address already in use/.test(told)) return undefined;
  const last = /FATAL: {2}(.*)/.exec(told)?.[1] ?? 'it ended at once';
  throw new Sentence(`The embedded database does not start: ${last} (see ${logFile}).`);
}

/** Small and durable. It logs no statements, because their parameters may be secrets. */
const configuration = (port: number) => ({
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  port: String(port),
  max_connections: '60',
  shared_buffers: sharedBuffers(),
  fsync: 'on',
  synchronous_commit: 'on',
  full_page_writes: 'on',
  logging_collector: 'off',
  log_statement: 'none',
  log_min_error_statement: 'panic',
  log_parameter_max_length_on_error: '0',
  log_error_verbosity: 'terse',
});

async function untilReady(server: Supervised, folder: string, url: string) {
  let ended = false;
  server.exited.then(() => {
    ended = true;
  });
  const deadline = Date.now() + 120_000;
  while (!ended) {
    const mine = findPostmaster(folder)?.pid === server.child.pid;
    const session = mine ? await connectTo(url) : undefined;
    if (session) return session;
    if (Date.now() > deadline) {
      await stopSupervised(server, 'SIGINT', 30_000);
      throw new Sentence('The embedded database did not start within two minutes.');
    }
    await delay(30);
  }
  return undefined;
}

function openLog(path: string): number {
  const size = statSync(path, { throwIfNoEntry: false })?.size ?? 0;
  if (size > largestLog) renameSync(path, `${path}.old`);
  return openSync(path, 'a', 0o600);
}
