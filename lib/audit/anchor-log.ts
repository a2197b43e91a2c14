import 'server-only';
import { desc } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { genesis, writeAnchor } from './chain';

const every = 5 * 60_000;

/**
 * Prints the newest event's number and seal now and then. Once a log that the database's owner cannot
 * change holds them, nobody can cut off or rewrite what came before: `audit verify --anchor` would say so.
 */
export function printAnchors(): void {
  setInterval(() => void printAnchor(), every).unref();
}

/** Prints it now; a database that is away is no reason to stop anything. */
export async function printAnchor(): Promise<void> {
  try {
    const [head] = await database()
      .select({ seq: auditEvent.seq, mac: auditEvent.mac })
      .from(auditEvent)
      .orderBy(desc(auditEvent.seq))
      .limit(1);
    const { seq, mac } = head ?? genesis;
    if (mac) log.info('audit head', { head: writeAnchor({ seq, mac }) });
  } catch (error) {
    log.warn('audit head unknown', describeError(error));
  }
}
