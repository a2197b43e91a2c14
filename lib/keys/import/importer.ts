import type { Role } from '@/lib/access/administrator';
import type { AuditActor } from '@/lib/audit/record-event';

/** Who imports: an administrator, or the command line, which is nobody in the directory. */
export type Importer = AuditActor & { role: Role };
