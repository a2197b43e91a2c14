import 'server-only';
import { servers } from './door';

/** Longest wait for answers under way, in milliseconds; orchestrators kill after 30 s. */
const hardStop = 25_000;

/** Ends the process on SIGTERM or SIGINT once the answers under way are out. */
export function drainOnSignal(): void {
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void drain());
}

async function drain() {
  setTimeout(() => process.exit(0), hardStop).unref();
  const closed = [...servers].map(
    (server) =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      }),
  );
  await Promise.all(closed);
  process.exit(0);
}
