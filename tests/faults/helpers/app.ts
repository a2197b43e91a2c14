import { type ChildProcess, spawn } from 'node:child_process';
import { appendFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../../scripts/free-port';
import { product } from '../../helpers/product';
import { testSettings } from '../../helpers/settings';

export const admin = { username: 'admin', password: 'correct horse battery staple' };

export type App = Awaited<ReturnType<typeof prepareApp>>;

/** The production build, which can be killed and started again at the same address. */
export async function prepareApp(
  databaseUrl: string,
  logFile: string,
  more: Record<string, string> = {},
) {
  const [port, verifyPort] = [await freePort(), await freePort()];
  const url = `http://localhost:${port}`;
  let child: ChildProcess | undefined;

  function launch() {
    child = spawn(process.execPath, [join(product(), 'server.js')], {
      env: {
        ...{ PATH: process.env.PATH, NODE_ENV: 'production', ...testSettings },
        ...{
          DATABASE_URL: databaseUrl,
          AUTH_URL: url,
          PORT: `${port}`,
          VERIFY_PORT: `${verifyPort}`,
        },
        ...{ HOST: '127.0.0.1', HOSTNAME: '127.0.0.1', NEXT_MANUAL_SIG_HANDLE: 'true' },
        ...{ ADMIN_USERNAME: admin.username, ADMIN_PASSWORD: admin.password },
        ...more,
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', (text) => appendFileSync(logFile, text));
    }
  }

  async function untilReady(): Promise<void> {
    for (let attempt = 0; attempt < 1_200; attempt++) {
      // Included in the error, because the log file is deleted after the test.
      if (child?.exitCode !== null)
        throw new Error(`The server ended: ${readFileSync(logFile, 'utf8').slice(-2_000)}`);
      const answer = await fetch(`${url}/readyz`).catch(() => null);
      if (answer?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    throw new Error('The server is not ready.');
  }

  async function start(): Promise<void> {
    launch();
    await untilReady();
  }

  async function kill(): Promise<void> {
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child?.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  const verifyUrl = `http://localhost:${verifyPort}`;
  return { url, verifyUrl, launch, untilReady, start, kill };
}
