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

export type ImportSummary = Record<'lines' | 'users' | 'active' | 'inactive' | 'expired', number>;

/** What the lines of a checked file become, by status. */
export async function sumUp(importer: Importer, id: string): Promise<ImportSummary> {
  authorize(importer, 'operator');
  const { rows } = await database().execute<Record<keyof ImportSummary, string>>(sql`
    with own as (
      select username_folded as owner, active, active and expires_at <= now() as expired
      from key_import_line where import_id = ${id}
        and exists (select from key_import where ${isOwn(importer, id)})
    ), owners as (
      select count(*) as lines, count(*) filter (where active and expired is not true) as active,
        count(*) filter (where not active) as inactive, count(*) filter (where expired) as expired
      from own group by owner
    )
    select coalesce(sum(lines), 0) as lines, count(*) as users, coalesce(sum(active), 0) as active,
      coalesce(sum(inactive), 0) as inactive, coalesce(sum(expired), 0) as expired from owners`);
  const of = (name: keyof ImportSummary) => Number(rows[0]?.[name] ?? 0);
  return {
    lines: of('lines'),
    users: of('users'),
    active: of('active'),
    inactive: of('inactive'),
    expired: of('expired'),
  };
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
