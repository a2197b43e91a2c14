import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { bundled, nodeOptions } from '../helpers/bundled';

const made: string[] = [];

export type Run = { child: ChildProcess; said: () => string; ended: Promise<number | null> };

export function run(
  command: string[],
  environment: Record<string, string> = {},
  cwd = process.cwd(),
): Run {
  const [file = '', ...args] = command;
  let text = '';
  const child = spawn(file, args, {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', ...environment } as never,
  });
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (part) => {
      text += part;
    });
  }
  // Not 'exit', because output may still follow it.
  const ended = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, said: () => text, ended };
}

export const runScript = async (script: string, args: string[], environment = {}) =>
  run([process.execPath, ...nodeOptions, await bundled(script), ...args], environment);

/** Runs the whole start, for errors before it builds anything. */
export async function refusedStart(environment: Record<string, string>) {
  const start = await runScript('scripts/start.ts', [], {
    PORT: '0',
    VERIFY_PORT: '0',
    ...environment,
  });
  const code = await start.ended;
  return { code, said: start.said().trim() };
}

export async function until(condition: () => boolean, seconds = 30): Promise<void> {
  const deadline = Date.now() + seconds * 1_000;
  while (!condition()) {
    if (Date.now() > deadline) throw new Error(`gave up after ${seconds} s: ${condition}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

/** Starts `owner.ts`, and waits until it owns the folder or has ended. */
export async function ownFolder(folder: string) {
  const running = await runScript('tests/start/owner.ts', [folder]);
  await until(() => /\n/.test(running.said()) || running.child.exitCode !== null);
  const [, url = '', deskUrl = ''] = /^ready (\S+) (\S+)/m.exec(running.said()) ?? [];
  return { ...running, url, deskUrl };
}

export async function query(url: string, text: string, values: unknown[] = []) {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(text, values)).rows;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** The process id of the server in the folder, while it runs. */
export function postgresIn(folder: string): number | undefined {
  const file = join(folder, 'postgres/postmaster.pid');
  if (!existsSync(file)) return undefined;
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
  return isAlive(pid) ? pid : undefined;
}

export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Closed to other users, like `/root`, so that PostgreSQL's user has to get through. */
export function closedFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'keydesk-start-'));
  made.push(folder);
  return join(folder, 'data');
}

export function removeFolders(): void {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
}
