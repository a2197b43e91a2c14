import type { Role } from '@/lib/access/administrator';
import type { AuditActor } from '@/lib/audit/record-event';

/** An administrator, or the command line, which is not in the directory. */
export type Importer = AuditActor & { role: Role; reauthenticated?: boolean };
