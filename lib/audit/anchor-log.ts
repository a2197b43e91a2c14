import 'server-only';
import { desc } from 'drizzle-orm';
import { database } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { measured } from '@/lib/metrics/measured';
import { genesis, writeAnchor } from './chain';

const every = 5 * 60_000;

/**
 * Logs the number and seal of the newest event every few minutes. Keep the log where the owner of the
 * database cannot change it. Then nobody can cut off or rewrite earlier events without `audit verify
 * --anchor` reporting it.
 */
export function printAnchors(): void {
  setInterval(() => void printAnchor(), every).unref();
}

/** Logs the anchor now. An unreachable database stops nothing else. */
export async function printAnchor(): Promise<void> {
  try {
    const [head] = await measured('printAnchor', async () => findHead());
    const { seq, mac } = head ?? genesis;
    if (mac) log.info('audit head', { head: writeAnchor({ seq, mac }) });
  } catch (error) {
    log.warn('audit head unknown', describeError(error));
  }
}

const findHead = () =>
  database()
    .select({ seq: auditEvent.seq, mac: auditEvent.mac })
    .from(auditEvent)
    .orderBy(desc(auditEvent.seq))
    .limit(1);
