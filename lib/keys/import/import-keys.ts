import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { keyImport } from '@/db/schema/key-import';
import { openTransfer, type Transfer } from '@/db/transfer';
import { violatedUniqueness } from '@/db/unique-violation';
import { authorize, hasRole } from '@/lib/access/administrator';
import { againAfterDeadlock } from '@/lib/access/change-as';
import { stillMay } from '@/lib/access/still-may';
import { recordEvent } from '@/lib/audit/record-event';
import { findImportOf, findStaged, type StagedImport } from './find-import';
import type { Importer } from './importer';
import { insertStaged } from './insert-staged';
import { judgeStaged } from './judge-staged';
import { dropOrphanLines, importLock } from './sweep-staged';

export type ImportKeysResult = {
  outcome: 'imported' | 'has-errors' | 'reserved-scopes' | 'under-way' | 'gone';
};

/**
 * Makes keys of all lines of a checked file, or of none. Sent twice it imports once: the second waits
 * for nothing and is told that the first is under way or done.
 *
 * @throws TooManyTransfersError
 */
export async function importKeys(
  importer: Importer,
  id: string,
  onProgress: (done: number) => void = () => undefined,
): Promise<ImportKeysResult> {
  authorize(importer, 'operator');
  await stillMay(database(), importer, 'operator');
  const transfer = await openTransfer();
  try {
    return await againAfterDeadlock(() =>
      transfer.database.transaction((tx) => importAll(tx, importer, id, onProgress)),
    );
  } catch (error) {
    if (!(error instanceof KnownMeanwhileError) && violatedUniqueness(error) === null) {
      await tellProgress(id, 0);
      throw error;
    }
    await judgeAgain(transfer, id);
    return { outcome: 'has-errors' };
  } finally {
    // What cannot be dropped now is swept later: the import is what it is.
    await dropOrphanLines(transfer.database).catch(() => undefined);
    await transfer.close();
  }
}

/** A secret became known between our look and our insert: nothing must stay. */
class KnownMeanwhileError extends Error {}

async function importAll(
  tx: Queryable,
  importer: Importer,
  id: string,
  onProgress: (done: number) => void,
): Promise<ImportKeysResult> {
  if (!(await tryLock(tx, id))) return { outcome: 'under-way' };
  const staged = await findStaged(tx, importer, id);
  if (!staged) return { outcome: (await findImportOf(id)) ? 'imported' : 'gone' };
  // Who checked the file may have another role by now.
  if (staged.reserved && !hasRole(importer, 'admin')) return { outcome: 'reserved-scopes' };
  await lockOwners(tx, id);
  const badCount = await judgeStaged(tx, id);
  if (badCount > 0) {
    await tx.update(keyImport).set({ badCount }).where(eq(keyImport.id, id));
    return { outcome: 'has-errors' };
  }
  const inserted = await insertStaged(tx, id, async (done) => {
    onProgress(done);
    await tellProgress(id, done);
  });
  // After a crash of the database the lines are gone, and what they stood for is not.
  if (inserted !== staged.lineCount) throw new KnownMeanwhileError();
  await requireNotReplaced(tx, id);
  await tx.delete(keyImport).where(eq(keyImport.id, id));
  // When all is done and nobody is waited for any more: so long their row is not locked.
  const by = await stillMay(tx, importer, staged.reserved ? 'admin' : 'operator');
  await recordImport(tx, by, id, staged);
  return { outcome: 'imported' };
}

async function recordImport(tx: Queryable, importer: Importer, id: string, staged: StagedImport) {
  const { lineCount, fileDigest } = staged;
  const label = lineCount === 1 ? '1 key' : `${lineCount} keys`;
  await recordEvent(
    tx,
    importer,
    'key.import',
    { type: 'import', id, label },
    { details: { keys: lineCount, sha256: fileDigest.toString('hex') } },
  );
}

/** Against being disabled or deleted between our look and our commit, as `createKey` does. */
async function lockOwners(tx: Queryable, id: string) {
  await tx.execute(sql`set local enable_nestloop = off`);
  await tx.execute(sql`
    select count(*) from (
      select from directory_user where deleted_at is null and username_folded in (
        select username_folded from key_import_line where import_id = ${id})
      order by id for share
    ) owner`);
  await tx.execute(sql`set local enable_nestloop = on`);
}

/** A regenerate that committed while we inserted has put its old MAC here, where it would win. */
async function requireNotReplaced(tx: Queryable, id: string) {
  const { rows } = await tx.execute<{ known: boolean }>(sql`
    select exists (
      select from key_import_line l where l.import_id = ${id}
        and (select true from former_secret f where f.mac = l.mac) is true) as known`);
  if (rows[0]?.known) throw new KnownMeanwhileError();
}

/** So that the page says what is wrong now. */
async function judgeAgain(transfer: Transfer, id: string) {
  await transfer.database.transaction(async (tx) => {
    const badCount = await judgeStaged(tx, id);
    await tx.update(keyImport).set({ badCount, progress: 0 }).where(eq(keyImport.id, id));
  });
}

/** Not the row's own lock: progress is written to the row from outside while we hold this. */
async function tryLock(tx: Queryable, id: string): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${importLock(id)}) as locked`,
  );
  return rows[0]?.locked === true;
}

/** Outside the transaction, or nobody would see it; progress that cannot be told stops nothing. */
async function tellProgress(id: string, done: number): Promise<void> {
  await database()
    .update(keyImport)
    .set({ progress: done })
    .where(eq(keyImport.id, id))
    .catch(() => undefined);
}
