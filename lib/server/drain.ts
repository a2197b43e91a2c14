import 'server-only';
import { printAnchor } from '@/lib/audit/anchor-log';
import { writeAuditLog } from '@/lib/audit/audit-log';
import { servers } from '@/lib/http/trusted-headers';
import { log } from '@/lib/log/log';
import { announceLeaving, closeListener } from '@/lib/verify/serve';
import { closeVerification } from '@/lib/verify/verification';

/** Longest wait for answers in progress, in milliseconds. Orchestrators kill the process after 30 s. */
const hardStop = 25_000;

/**
 * Ends the process after it has finished the answers in progress. On SIGTERM it first reports that it is not
 * ready and keeps answering until load balancers have noticed. Ctrl-C (SIGINT) skips that wait.
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
  await writeAuditLog();
  await printAnchor();
  log.info('stop');
  process.exit(0);
}
