import type { Settings } from '@/lib/settings/settings-schema';
import type { Environment } from './environment';
import type { Running } from './running';
import { runWebServer, untilAnswering } from './web-server';

/** Runs the server, prints its address, and ends with it. */
export async function serve(
  environment: Environment,
  { HOST: host, PORT: port, VERIFY_PORT: verifyPort, AUTH_URL: address }: Settings,
  running: Running,
  dev: boolean,
): Promise<void> {
  const place = { host, port };
  const server = runWebServer(environment, place, dev);
  running.worker = server;
  server.exited.then(({ code, signal }) => {
    if (running.isEnding) return;
    if (signal) console.error(`The server was ended from outside (${signal}).`);
    running.end(code ?? 1);
  });
  if (!(await untilAnswering(server, place)) || running.isEnding) return;
  console.log(`Keydesk is ready at ${address}`);
  if (verifyPort) console.log(`Services ask at http://${host}:${verifyPort}/api/v1/verify`);
}
