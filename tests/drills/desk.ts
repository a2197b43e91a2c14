import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port';
import { pepper } from '../bench/fill';
import { environment } from '../verify/helpers/desk';

export const administrator = { username: 'ada', password: 'a long enough password' };

export type Desk = Awaited<ReturnType<typeof startDesk>>;

/** Starts a built Keydesk on the database. Its output goes to ours if it is an error. */
export async function startDesk(built: string, url: string, more: Record<string, string> = {}) {
  const [page, port] = [await freePort(), await freePort()];
  const [origin, verifyOrigin] = [`http://localhost:${page}`, `http://127.0.0.1:${port}`];
  const process_: ChildProcess = spawn(process.execPath, [join(built, 'server.js')], {
    cwd: built,
    env: {
      PATH: process.env.PATH,
      NODE_ENV: 'production',
      ...environment(url, {
        KEY_PEPPER: `1:${pepper.key.toString('base64')}`,
        AUTH_URL: origin,
        PORT: `${page}`,
        VERIFY_PORT: `${port}`,
        HOSTNAME: '127.0.0.1',
        ADMIN_USERNAME: administrator.username,
        ADMIN_PASSWORD: administrator.password,
        NEXT_MANUAL_SIG_HANDLE: 'true',
        ...more,
      }),
    },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => process_.once('exit', () => resolve()));
  const statusOf = (path: string) =>
    fetch(verifyOrigin + path).then(
      (answer) => answer.arrayBuffer().then(() => answer.status),
      () => 0,
    );
  return {
    origin,
    verifyOrigin,
    statusOf,
    /** Resolves when the desk is ready. Rejects if it ends before. */
    async untilReady() {
      while ((await statusOf('/readyz')) !== 200) {
        if (process_.exitCode !== null) throw new Error(`It ended with ${process_.exitCode}.`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      process_.kill(signal);
      await ended;
    },
  };
}
