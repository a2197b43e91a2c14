/** Only the audit log of one instance, as `boot` starts it. */
import { beginAuditLog, startAuditLog } from '@/lib/audit/audit-log';

await beginAuditLog();
startAuditLog();
process.stderr.write('started\n');
// The timer alone would not keep the process alive.
setInterval(() => undefined, 60_000);
