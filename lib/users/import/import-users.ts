import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { database, type Queryable } from '@/db/client';
import { auditEvent } from '@/db/schema/audit-event';
import { type UserLine, userImport } from '@/db/schema/user-import';
import { violatedUniqueness } from '@/db/unique-violation';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { stillMay } from '@/lib/access/still-may';
import { type AuditActor, recordEvent } from '@/lib/audit/record-event';
import { insertUsers, recordUsers } from '../create-user';
import { judgeLines } from './judge-lines';
import { idsOfResponsible } from './judge-responsible';
import { findStagedLines } from './stage-import';

/** Lines of one statement; after each, progress is told. */
const chunkSize = 1_000;

export type ImportUsersResult =
  | { outcome: 'imported' }
  | { outcome: 'has-errors' | 'has-lookalikes' | 'under-way' | 'gone' };

/**
 * Adds all users of a checked file, or none. Sent twice it imports once: the second waits for nothing
 * and is told that the first is under way or done. `lookalikes` is how many names that look like others the
 * administrator agreed to.
 */
export async function importUsers(
  administrator: Administrator,
  id: string,
  lookalikes = 0,
): Promise<ImportUsersResult> {
  authorize(administrator, 'operator');
  try {
    await stillMay(database(), administrator, 'operator');
    return await database().transaction(async (tx): Promise<ImportUsersResult> => {
      if (!(await tryLock(tx, id))) return { outcome: 'under-way' };
      const lines = await findStagedLines(tx, administrator, id);
      if (!lines) return { outcome: (await findImport(administrator, id)) ? 'imported' : 'gone' };
      const verdicts = await judgeLines(tx, lines);
      if (verdicts.some(({ problem }) => problem !== null)) return { outcome: 'has-errors' };
      const alike = verdicts.filter(({ warning }) => warning !== null).length;
      if (alike !== lookalikes) return { outcome: 'has-lookalikes' };
      await insertLines(tx, id, lines, {
        onProgress: (done) => tellProgress(id, done),
        askActor: () => stillMay(tx, administrator, 'operator'),
      });
      await tx.delete(userImport).where(eq(userImport.id, id));
      return { outcome: 'imported' };
    });
  } catch (error) {
    await tellProgress(id, 0);
    if (violatedUniqueness(error) === null) throw error;
    return { outcome: 'has-errors' };
  }
}

type Asked = {
  onProgress: (done: number) => Promise<void>;
  /** Who adds them, asked when all others have been waited for: their row is locked no longer than that. */
  askActor: () => Promise<AuditActor>;
};

/** In characters, as one cell of a spreadsheet holds them: of more names each user has an event of their own. */
const longestNames = 30_000;

/** Adds users, and one event that names them; all in the caller's transaction. */
export async function insertLines(
  tx: Queryable,
  id: string,
  lines: UserLine[],
  { onProgress, askActor }: Asked,
): Promise<void> {
  const users = lines.map(
    ({ username, displayName, email, active, kind = 'person', responsible }) => {
      return { id: uuidv7(), username, displayName, email, active, kind, responsible };
    },
  );
  // Services last, because persons of the same file may answer for them.
  const chunks = ['person', 'service'].flatMap((kind) =>
    chunksOf(users.filter((user) => user.kind === kind)),
  );
  let added = 0;
  for (const chunk of chunks) {
    const ids = chunk[0]?.kind === 'service' ? await idsOfResponsible(tx, chunk) : [];
    await insertUsers(
      tx,
      chunk.map(({ responsible: _typed, ...user }, at) => ({ ...user, responsibleId: ids[at] })),
    );
    added += chunk.length;
    await onProgress(added);
  }
  const actor = await askActor();
  const names = users.map(({ username }) => username);
  const fits = JSON.stringify(names).length <= longestNames;
  // Last, for nobody else can record an event from here to the commit.
  if (!fits) for (const chunk of chunks) await recordUsers(tx, actor, chunk);
  const target = { type: 'import', id, label: `${lines.length} users` } as const;
  const services = users.filter(({ kind }) => kind === 'service').length;
  const counted = { users: lines.length, ...(services > 0 ? { services } : {}) };
  const details = { ...counted, ...(fits ? { names } : {}) };
  await recordEvent(tx, actor, 'user.import', target, { details });
}

function chunksOf<Item>(items: Item[]): Item[][] {
  return Array.from({ length: Math.ceil(items.length / chunkSize) }, (_, index) =>
    items.slice(index * chunkSize, (index + 1) * chunkSize),
  );
}

/** How many users this import added; null where it did not. */
export async function findImport(
  administrator: Administrator,
  id: string,
): Promise<{ users: number } | null> {
  authorize(administrator, 'viewer');
  const [event] = await database()
    .select({ users: sql<number>`(${auditEvent.details} ->> 'users')::int` })
    .from(auditEvent)
    .where(and(eq(auditEvent.targetId, id), eq(auditEvent.action, 'user.import')));
  return event ?? null;
}

/** Not the row's own lock: progress is written to the row from outside while we hold this. */
async function tryLock(tx: Queryable, id: string): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(hashtextextended(${`user_import ${id}`}, 0)) as locked`,
  );
  return rows[0]?.locked === true;
}

/** Outside the transaction, or nobody would see it; progress that cannot be told stops nothing. */
async function tellProgress(id: string, done: number): Promise<void> {
  await database()
    .update(userImport)
    .set({ progress: done })
    .where(eq(userImport.id, id))
    .catch(() => undefined);
}
