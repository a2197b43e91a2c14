import 'server-only';
import type { Server } from 'node:http';
import { settings } from '../env';
import { createListener } from './listener';
import { announceLeaving, closeVerification, verification } from './verification';

/** Time for load balancers to see that this instance is leaving, in milliseconds. */
export const leaveAfter = 5_000;

const shared = globalThis as typeof globalThis & { keydeskListener?: Server };

/** Opens the services' door on `VERIFY_PORT`. @throws where the port cannot be had */
export async function serveVerification(): Promise<void> {
  const { HOST, VERIFY_PORT } = settings();
  const server = createListener(verification());
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(VERIFY_PORT, HOST, resolve);
  });
  shared.keydeskListener = server;
}

/**
 * First says "not ready" and goes on answering, so that nobody is turned away; then lets the answers
 * under way out, writes the usage that is left and closes the connections.
 */
export async function leaveVerification(): Promise<void> {
  announceLeaving();
  const server = shared.keydeskListener;
  if (server) {
    await new Promise((resolve) => setTimeout(resolve, leaveAfter));
    await new Promise((resolve) => server.close(resolve));
  }
  await closeVerification();
}
