import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { genesis, type Link, parseAnchor, writeAnchor } from './chain';
import type { StoredEvent } from './stored-events';

/** What an event `audit.archive` says: the last link of what was removed, and the digest of the file that has it. */
export type ArchiveDetails = { through: string; events: number; sha256: string };

/**
 * The last link that was archived, to which the first event of the table is bound. It is believed only after
 * {@link namesLink} has found it in an event of the chain, because anybody can write a row without a seal.
 */
export async function findArchivedLink(): Promise<Link> {
  const { rows } = await database().execute<{ through: string }>(sql`
    select details ->> 'through' as through from ${auditEvent}
    where action = 'audit.archive'
      and split_part(details ->> 'through', ':', 1) = (select (min(seq) - 1)::text from ${auditEvent})
    order by seq desc limit 1`);
  return parseAnchor(rows[0]?.through ?? '') ?? genesis;
}

/** Whether this event says that everything through the link was archived. */
export function namesLink({ action, details }: StoredEvent, link: Link): boolean {
  return (
    action === 'audit.archive' && (details as Partial<ArchiveDetails>).through === writeAnchor(link)
  );
}
