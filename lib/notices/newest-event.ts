import 'server-only';
import { sql } from 'drizzle-orm';

/** The number of the newest audit event, after which a webhook begins to receive events. */
export const newestEvent = sql`(select coalesce(max(seq), 0) from audit_event)`;
