import 'server-only';
import { printAnchor } from '@/lib/audit/anchor-log';
import { servers } from '@/lib/http/trusted-headers';
import { log } from '@/lib/log/log';
import { announceLeaving, closeListener } from '@/lib/verify/serve';
import { closeVerification } from '@/lib/verify/verification';

/** Longest wait for answers under way, in milliseconds; orchestrators kill after 30 s. */
const hardStop = 25_000;

/**
 * Ends the process once the answers under way are out. On SIGTERM it first says that it is not ready
 * and goes on answering, until load balancers have seen it; whoever presses Ctrl-C is not kept waiting.
 */
export function drainOnSignal(): void {
  process.once('SIGTERM', () => {
    stopHard();
    void announceLeaving().then(drain);
  });
  process.once('SIGINT', () => {
    stopHard();
    void drain();
  });
}

function stopHard() {
  setTimeout(() => process.exit(0), hardStop).unref();
}

async function drain() {
  const listener = closeListener();
  const closed = [...servers].map(
    (server) =>
      new Promise((resolve) => {
        server.close(resolve);
        server.closeIdleConnections();
      }),
  );
  await Promise.all([listener, ...closed]);
  await closeVerification();
  await printAnchor();
  log.info('stop');
  process.exit(0);
}
