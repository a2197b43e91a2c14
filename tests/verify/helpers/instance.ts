import { type ChildProcess, fork } from 'node:child_process';
import { freePort } from '../../../scripts/free-port';
import { bundled, nodeOptions } from '../../helpers/bundled';
import { environment } from './desk';

/** The listener's thread as one file, like the framework's bundler makes it. */
export const buildThread = () => bundled('lib/verify/listener-thread.ts');

export type Instance = Awaited<ReturnType<typeof startInstance>>;

/** One Keydesk as services see it, in a process of its own. */
export async function startInstance(
  url: string,
  thread: string,
  more: Record<string, string> = {},
) {
  const port = await freePort();
  const child = fork(await bundled('tests/verify/helpers/listener-process.ts'), [], {
    env: {
      PATH: process.env.PATH ?? '',
      ...environment(url, { VERIFY_PORT: String(port), PORT: '0', THREAD: thread, ...more }),
    } as unknown as NodeJS.ProcessEnv,
    execArgv: nodeOptions,
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
    /** @returns the status, or 0 without an answer, and the verdict if there is one */
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
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve(child.exitCode);
  return new Promise((resolve) => {
    child.once('exit', (code) => resolve(code));
    child.kill(signal);
  });
}
