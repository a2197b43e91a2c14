import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { join } from 'node:path';
import { freePort } from '../../scripts/free-port';
import { pepper } from '../bench/fill';
import { environment } from '../verify/helpers/desk';

export const administrator = { username: 'ada', password: 'a long enough password' };

const settings = (url: string, more: Record<string, string>) => ({
  PATH: process.env.PATH,
  NODE_ENV: 'production' as const,
  ...environment(url, { KEY_PEPPER: `1:${pepper.key.toString('base64')}`, ...more }),
});

/** Runs a command of the image. @returns what it prints */
export function runAdmin(built: string, url: string, args: string[], end = ''): string {
  const options = { cwd: built, env: settings(url, {}), encoding: 'utf8' } as const;
  return execFileSync(process.execPath, ['admin.mjs', ...args], options).trim() + end;
}

export type Desk = Awaited<ReturnType<typeof startDesk>>;

/** Starts a built Keydesk on the database. Its errors go to ours, and with `PROVE_LOG` its log. */
export async function startDesk(built: string, url: string, more: Record<string, string> = {}) {
  const [page, port] = [await freePort(), await freePort()];
  const [origin, verifyOrigin] = [`http://localhost:${page}`, `http://127.0.0.1:${port}`];
  const desk: ChildProcess = spawn(process.execPath, [join(built, 'server.js')], {
    cwd: built,
    env: settings(url, {
      AUTH_URL: origin,
      PORT: `${page}`,
      VERIFY_PORT: `${port}`,
      HOSTNAME: '127.0.0.1',
      ADMIN_USERNAME: administrator.username,
      ADMIN_PASSWORD: administrator.password,
      NEXT_MANUAL_SIG_HANDLE: 'true',
      ...more,
    }),
    stdio: ['ignore', process.env.PROVE_LOG ? 'inherit' : 'ignore', 'inherit'],
  });
  const ended = new Promise<void>((resolve) => desk.once('exit', () => resolve()));
  const statusOf = (path: string) =>
    fetch(verifyOrigin + path).then(
      (answer) => answer.arrayBuffer().then(() => answer.status),
      () => 0,
    );
  return {
    origin,
    verifyOrigin,
    statusOf,
    /** Resolves when the desk is ready, or `isEnough` before. Rejects if it ends first. */
    async untilReady(isEnough: () => Promise<boolean> = async () => false) {
      while ((await statusOf('/readyz')) !== 200 && !(await isEnough())) {
        if (desk.exitCode !== null) throw new Error(`The desk ended with ${desk.exitCode}.`);
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    },
    async stop(signal: NodeJS.Signals = 'SIGTERM') {
      desk.kill(signal);
      await ended;
    },
  };
}
