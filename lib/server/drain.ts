import 'server-only';
import { printAnchor } from '@/lib/audit/anchor-log';
import { writeAuditLog } from '@/lib/audit/audit-log';
import { servers } from '@/lib/http/trusted-headers';
import { log } from '@/lib/log/log';
import { announceLeaving, closeListener } from '@/lib/verify/serve';
import { closeVerification } from '@/lib/verify/verification';
import { leaveOnSignal } from './leave-on-signal';

/** Ends the process after it has finished the answers in progress. */
export function drainOnSignal(): void {
  leaveOnSignal(announceLeaving, drain);
}

async function drain(): Promise<never> {
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
