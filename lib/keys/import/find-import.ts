import 'server-only';
import { and, asc, eq, isNull, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { keyImport, keyImportLine } from '@/db/schema/key-import';
import { type Administrator, authorize } from '@/lib/access/administrator';
import type { Importer } from './importer';

export type StagedImport = NonNullable<Awaited<ReturnType<typeof findStaged>>>;

/** A line of a checked file. `problem` says why it cannot become a key, or is null. */
export type LineVerdict = { line: number; username: string; name: string; problem: string | null };

export type CheckedKeys = { lines: number; bad: number; shown: LineVerdict[] };

const mostShown = 200;

/** The result of the check, bad lines first; null if there is no such import. */
export async function findCheckedKeys(importer: Importer, id: string): Promise<CheckedKeys | null> {
  authorize(importer, 'operator');
  const staged = await findStaged(database(), importer, id);
  if (!staged) return null;
  const bad = staged.badCount > 0 ? await listLines(id, true, mostShown) : [];
  const good = await listLines(id, false, mostShown - bad.length);
  return { lines: staged.lineCount, bad: staged.badCount, shown: [...bad, ...good] };
}

function listLines(id: string, isBad: boolean, most: number): Promise<LineVerdict[]> {
  const { line, username, name, problem, verdict } = keyImportLine;
  const ofKind = isBad
    ? sql`(${problem} is not null or ${verdict} is not null)`
    : and(isNull(problem), isNull(verdict));
  return database()
    .select({ line, username, name, problem: sql<string | null>`coalesce(${problem}, ${verdict})` })
    .from(keyImportLine)
    .where(and(eq(keyImportLine.importId, id), ofKind))
    .orderBy(asc(line))
    .limit(most);
}

/** The staged import, for the importer who checked it and for one hour. */
export async function findStaged(tx: Queryable, importer: Importer, id: string) {
  const { lineCount, badCount, reserved, fileDigest } = keyImport;
  const [staged] = await tx
    .select({ lineCount, badCount, reserved, fileDigest })
    .from(keyImport)
    .where(isOwn(importer, id));
  return staged ?? null;
}

/** The progress of the import; null once it is over. */
export async function findKeyProgress(administrator: Administrator, id: string) {
  authorize(administrator, 'operator');
  const [staged] = await database()
    .select({ done: keyImport.progress, total: keyImport.lineCount })
    .from(keyImport)
    .where(isOwn(administrator, id));
  return staged ?? null;
}

/** How many keys this import made; null if it made none. */
export async function findKeyImport(administrator: Administrator, id: string) {
  authorize(administrator, 'operator');
  return findImportOf(id);
}

/** The same without a check of the role, which the caller must make. */
export async function findImportOf(id: string): Promise<{ keys: number } | null> {
  const [event] = await database()
    .select({ keys: sql<number>`(${auditEvent.details} ->> 'keys')::int` })
    .from(auditEvent)
    .where(and(eq(auditEvent.targetId, id), eq(auditEvent.action, 'key.import')));
  return event ?? null;
}

const isOwn = ({ id: owner }: Importer, id: string) =>
  and(
    eq(keyImport.id, id),
    owner === null ? isNull(keyImport.administratorId) : eq(keyImport.administratorId, owner),
    sql`${keyImport.createdAt} > now() - interval '1 hour'`,
  );
