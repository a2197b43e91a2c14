import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Service } from './project';

const folder = '/run/containers';

/** What is kept of a container: its first process, and from what it was made. */
type State = { pid: number; mark: string };

const fileOf = ({ project, name }: Service) => `${folder}/${project}_${name}.json`;
const markOf = (service: Service) =>
  createHash('sha256').update(JSON.stringify(service)).digest('hex');
const isRunning = (pid: number) => existsSync(`/proc/${pid}`) && !isZombie(pid);
const isZombie = (pid: number) => readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ');

function stateOf(service: Service): State | null {
  if (!existsSync(fileOf(service))) return null;
  return JSON.parse(readFileSync(fileOf(service), 'utf8'));
}

/** Starts a service, again if it is not as it was written any more. */
export async function up(service: Service): Promise<void> {
  const state = stateOf(service);
  if (state && isRunning(state.pid)) {
    if (state.mark === markOf(service)) return;
    await stop(service);
  }
  mkdirSync(folder, { recursive: true });
  const log = openSync(`${folder}/${service.name}.log`, 'a');
  const words = ['netns', 'exec', service.name, 'unshare', '--mount', 'sh', '-ec', script(service)];
  const child = spawn('ip', [...words, 'sh', ...service.command], {
    detached: true,
    stdio: ['ignore', log, log],
  });
  child.unref();
  writeFileSync(fileOf(service), JSON.stringify({ pid: child.pid, mark: markOf(service) }));
}

/** Shows the service its own files and folders, then becomes its command, without any right. */
function script({ mounts, user, folder: place, environment }: Service): string {
  const own = mounts.map(([from, to]) => {
    const isFile = existsSync(from) && statSync(from).isFile();
    if (isFile)
      return `mkdir -p $(dirname ${to}); [ -e ${to} ] || touch ${to}; mount --bind ${from} ${to}`;
    return `mkdir -p ${from} ${to}; mount --bind ${from} ${to}`;
  });
  return [
    'mkdir -p /run/secrets /run/postgresql',
    ...['/run/secrets', '/run/postgresql', '/tmp'].map(
      (to) => `mount -t tmpfs -o mode=1777 own ${to}`,
    ),
    ...own,
    `if [ -d /var/lib/postgresql/data ]; then chown ${user} /var/lib/postgresql/data; chmod 700 /var/lib/postgresql/data; fi`,
    `cd ${place}`,
    `exec ${[...withoutRights(user), ...withOnly(environment)].join(' ')} "$@"`,
  ].join('\n');
}

const groupOf = (user: string) => (/^\d+$/.test(user) ? user : execFileSync('id', ['-g', user]));
const withoutRights = (user: string) => [
  ...['setpriv', '--reuid', user, '--regid', `${groupOf(user)}`.trim(), '--clear-groups'],
  ...['--no-new-privs', '--bounding-set=-all', '--inh-caps=-all'],
];
const withOnly = (environment: Record<string, string>) => [
  ...['env', '-i'],
  ...Object.entries(environment).map(([name, value]) => `'${name}=${value}'`),
];

/** Runs a command in the container, with what is given to this process. @returns its code */
export function exec(service: Service, command: string[], stdio: 'inherit' | 'ignore' = 'inherit') {
  const { pid = 0 } = stateOf(service) ?? {};
  if (!pid || !isRunning(pid)) throw new Error(`service "${service.name}" is not running`);
  const { user, folder: place, environment } = service;
  const inside = `cd ${place}; exec ${[...withoutRights(user), ...withOnly(environment)].join(' ')} "$@"`;
  const words = ['-t', `${pid}`, '-m', '-n', 'sh', '-ec', inside, 'sh', ...command];
  return spawnSync('nsenter', words, { stdio }).status ?? 1;
}

export async function untilHealthy(service: Service): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!service.health || exec(service, service.health, 'ignore') !== 0) {
    if (Date.now() > deadline) throw new Error(`${service.name} is not healthy`);
    await delay(50);
  }
}

export async function stop(service: Service): Promise<void> {
  const { pid = 0 } = stateOf(service) ?? {};
  if (pid && isRunning(pid)) process.kill(pid, service.stopSignal);
  while (pid && isRunning(pid)) await delay(20);
}

export async function remove(service: Service): Promise<void> {
  await stop(service);
  rmSync(fileOf(service), { force: true });
}
