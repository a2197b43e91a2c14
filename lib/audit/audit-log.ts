import 'server-only';
import { sql } from 'drizzle-orm';
import { database, readDurable } from '@/db/client';
import { auditLogPosition } from '@/db/schema/audit-log-position';
import { describeError } from '@/lib/log/described-error';
import { log } from '@/lib/log/log';
import { printLines } from '@/lib/log/print-lines';
import { measured } from '@/lib/metrics/measured';
import { settings } from '@/lib/settings/settings';
import { eventMessage } from './event-message';
import { readEventsAfter } from './list-events-after';

/**
 * Milliseconds between two looks, so that an event is written within a second. A NOTIFY would come sooner,
 * but each change would pay for it, and commits with a NOTIFY wait for each other.
 */
const every = 500;
const afterFailure = 5_000;
/** Events of one transaction. Their lines fit into the buffer of a pipe. */
const linesAtOnce = 100;

/** Whether events are to be written to standard output. */
const isOn = () => settings().AUDIT_LOG === 'stdout';

/**
 * Notes the newest event as the one from which the log begins, unless it has begun before. Later starts
 * continue where any instance stopped.
 */
export async function beginAuditLog(): Promise<void> {
  if (!isOn()) return;
  await database().execute(sql`
    insert into audit_log_position (seq) select coalesce(max(seq), 0) from audit_event
    on conflict do nothing`);
}

/** Writes new events twice a second, until the process ends. */
export function startAuditLog(): void {
  if (!isOn()) return;
  async function run() {
    const isWritten = await writeAuditLog();
    setTimeout(() => void run(), isWritten ? every : afterFailure).unref();
  }
  void run();
}

/** Writes all events that are not yet written. An unreachable database stops nothing else. */
export async function writeAuditLog(): Promise<boolean> {
  if (!isOn()) return true;
  try {
    await measured('writeAuditLog', async () => {
      while ((await isBehind()) && (await writeSome()) > 0);
    });
    return true;
  } catch (error) {
    log.warn('audit log not written', describeError(error));
    return false;
  }
}

const behind = sql`seq < (select max(e.seq) from audit_event e)`;

/** Asked first, because most looks find nothing, and a single statement needs no transaction. */
async function isBehind(): Promise<boolean> {
  const { rows } = await database().execute(sql`select from audit_log_position where ${behind}`);
  return rows.length > 0;
}

/**
 * Only the instance that holds the row writes, so that the lines of all instances are in order. The position
 * moves after the lines are written. If the instance dies in between, another one writes them again.
 */
async function writeSome(): Promise<number> {
  return database().transaction(async (tx) => {
    const { rows } = await tx.execute<{ seq: string }>(
      sql`select seq from audit_log_position where ${behind} for update skip locked`,
    );
    const [position] = rows;
    if (!position) return 0;
    const events = await readDurable(() => readEventsAfter(tx, Number(position.seq), linesAtOnce));
    const last = events.at(-1);
    if (!last) return 0;
    await printLines(events.map((event) => ({ audit: eventMessage(event) })));
    await tx.update(auditLogPosition).set({ seq: last.seq });
    return events.length;
  });
}
