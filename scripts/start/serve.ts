import type { Settings } from '@/lib/settings/settings-schema';
import type { Supervised } from '../supervised';
import type { Environment } from './environment';
import type { Running } from './running';
import { runWebServer, untilAnswering } from './web-server';

export const whereServicesAsk = (host: string, port: number) =>
  `Services ask at http://${host}:${port}/api/v1/verify`;

/** Runs the server, prints its address, and ends with it. */
export async function serve(
  environment: Environment,
  { HOST: host, PORT: port, VERIFY_PORT: verifyPort, AUTH_URL: address, ROLE: role }: Settings,
  running: Running,
  dev: boolean,
): Promise<void> {
  const place = { host, port };
  const server = runWebServer(environment, place, dev);
  running.worker = server;
  endWith(server, running);
  if (!(await untilAnswering(server, place)) || running.isEnding) return;
  console.log(`Keydesk is ready at ${address}`);
  if (verifyPort && role !== 'pages') console.log(whereServicesAsk(host, verifyPort));
}

/** Ends this process when the server has ended by itself. */
export function endWith(server: Supervised, running: Running): void {
  server.exited.then(({ code, signal }) => {
    if (running.isEnding) return;
    if (signal) console.error(`The server was ended from outside (${signal}).`);
    running.end(code ?? 1);
  });
}
