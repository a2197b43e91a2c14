import { get } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { type Supervised, supervise } from '../supervised';
import type { Environment } from './environment';

export type Cursor = { host: string; port: number };

export function runWebServer(environment: Environment, place: Cursor, dev: boolean): Supervised {
  const next = ['node_modules/next/dist/bin/next', 'dev', '-p', `${place.port}`, '-H', place.host];
  return supervise([process.execPath, ...(dev ? next : ['.next/standalone/server.js'])], {
    deathSignal: 'TERM',
    stdio: ['ignore', 'inherit', 'inherit'],
    env: {
      ...environment,
      PORT: String(place.port),
      HOSTNAME: place.host,
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      // The desk drains by itself. Next would end the process before that.
      NEXT_MANUAL_SIG_HANDLE: 'true',
    } as NodeJS.ProcessEnv,
  });
}

/** @returns false if the process ended before it answered */
export async function untilAnswering({ exited }: Supervised, place: Cursor): Promise<boolean> {
  let ended = false;
  exited.then(() => {
    ended = true;
  });
  while (!ended) {
    if (await isAnswering(place)) return true;
    await delay(100);
  }
  return false;
}

const anywhere: Record<string, string> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

function isAnswering({ host, port }: Cursor): Promise<boolean> {
  return new Promise((resolve) => {
    const request = get({ host: anywhere[host] ?? host, port, path: '/healthz', timeout: 60_000 });
    request.once('response', (response) => {
      response.resume();
      resolve(true);
    });
    request.once('timeout', () => request.destroy());
    request.once('error', () => resolve(false));
  });
}
