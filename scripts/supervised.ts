import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import { delimiter, join } from 'node:path';

export type Exit = { code: number | null; signal: NodeJS.Signals | null };
export type Supervised = { child: ChildProcess; exited: Promise<Exit> };

/**
 * Starts a process that ends with this one, even after `kill -9` (on Linux with util-linux). It has a process
 * group of its own, so that a terminal's Ctrl-C reaches only this process, which then stops its children in
 * order.
 */
export function supervise(
  command: string[],
  options: SpawnOptions & { deathSignal: 'INT' | 'TERM' | 'KILL'; setpriv?: string[] },
): Supervised {
  const { deathSignal, setpriv = [], ...spawning } = options;
  const tool = findSetpriv();
  const wrapped = tool
    ? [tool, `--pdeathsig=${deathSignal}`, ...setpriv, '--', ...command]
    : command;
  const [file = '', ...args] = wrapped;
  const child = spawn(file, args, { ...spawning, detached: true });
  const exited = new Promise<Exit>((resolve) => {
    child.once('exit', (code, signal) => resolve({ code, signal }));
    child.once('error', () => resolve({ code: 127, signal: null }));
  });
  return { child, exited };
}

/** Sends `signal` and waits. Kills the process after `patience` milliseconds. */
export async function stopSupervised(
  { child, exited }: Supervised,
  signal: NodeJS.Signals,
  patience: number,
): Promise<void> {
  child.kill(signal);
  const timer = setTimeout(() => child.kill('SIGKILL'), patience);
  await exited;
  clearTimeout(timer);
}

/** setpriv of util-linux. The one of busybox lacks the needed options. */
export function findSetpriv(): string | undefined {
  if (process.platform !== 'linux') return undefined;
  return ['/usr/bin/setpriv', '/bin/setpriv'].find(
    (path) => existsSync(path) && !realpathSync(path).endsWith('busybox'),
  );
}

export function findOnPath(name: string): string | undefined {
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  return folders.map((folder) => join(folder, name)).find(existsSync);
}

/** For programs that need no settings and should see no secrets. */
export function plainEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env.PATH ?? '', LC_ALL: 'C', NODE_ENV: 'production' };
}
