import { type ChildProcess, fork } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { freePort } from '../../../scripts/free-port';
import { environment } from './desk';

/**
 * The entry of the listener's thread as one file, as the framework's bundler makes it. It lies where
 * the packages that it imports are found.
 */
export async function buildThread(): Promise<string> {
  const outfile = join(process.cwd(), `node_modules/.cache/keydesk/thread-${process.pid}.mjs`);
  await build({
    entryPoints: ['lib/verify/listener-thread.ts'],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    conditions: ['react-server'],
    external: ['pg', 'pino', 'prom-client'],
    logLevel: 'error',
  });
  return outfile;
}

export function removeThread(file: string): void {
  rmSync(file, { force: true });
}

export type Instance = Awaited<ReturnType<typeof startInstance>>;

/** One Keydesk, as far as services see it, in a process of its own. */
export async function startInstance(
  url: string,
  thread: string,
  more: Record<string, string> = {},
) {
  const port = await freePort();
  const child = fork('tests/verify/helpers/listener-process.ts', [], {
    env: {
      PATH: process.env.PATH ?? '',
      ...environment(url, { VERIFY_PORT: String(port), PORT: '0', THREAD: thread, ...more }),
    } as unknown as NodeJS.ProcessEnv,
    execArgv: ['--conditions=react-server', '--import', 'tsx'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve());
    child.once('exit', (code) => reject(new Error(`The instance ended with ${code}.`)));
  });
  const origin = `http://127.0.0.1:${port}`;
  return {
    child,
    port,
    origin,
    isRunning: () => child.exitCode === null && child.signalCode === null,
    /** @returns the status, or 0 where there was no answer, and the verdict where there is one */
    verify: (service: string, key: string) => ask(origin, service, key),
    stop: (signal: NodeJS.Signals = 'SIGINT') => ended(child, signal),
  };
}

export type Answered = { status: number; code: string | undefined };

async function ask(origin: string, service: string, key: string): Promise<Answered> {
  try {
    const response = await fetch(`${origin}/api/v1/verify`, {
      method: 'POST',
      headers: { authorization: `Bearer ${service}` },
      body: JSON.stringify({ key }),
    });
    const { code } = (await response.json()) as { code?: string };
    return { status: response.status, code };
  } catch {
    return { status: 0, code: undefined };
  }
}

function ended(child: ChildProcess, signal: NodeJS.Signals): Promise<number | null> {
  if (child.exitCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
