import type { AuditActor } from '../../audit/record-event';
import type { Role } from '../../auth/administrator';

/** Who imports: an administrator, or the command line, which is nobody in the directory. */
export type Importer = AuditActor & { role: Role };
