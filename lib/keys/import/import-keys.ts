import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database, type Queryable } from '@/db/client';
import { keyImport } from '@/db/schema/key-import';
import { openTransfer, type Transfer } from '@/db/transfer';
import { violatedUniqueness } from '@/db/unique-violation';
import { authorize, hasRole } from '@/lib/access/administrator';
import { againAfterDeadlock } from '@/lib/access/change-as';
import { ReauthenticationRequiredError } from '@/lib/access/reauthentication';
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
 * Makes keys of all lines of a checked file, or of none. A second request imports nothing and returns at once
 * that the first is running or done.
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
    // Lines that cannot be deleted now are swept later. The import itself is complete.
    await dropOrphanLines(transfer.database).catch(() => undefined);
    await transfer.close();
  }
}

/** A secret became known between the check and the insert. The transaction must be rolled back. */
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
  // The importer's role may have changed since the check.
  if (staged.reserved && !hasRole(importer, 'admin')) return { outcome: 'reserved-scopes' };
  // The importer knows the secrets of these keys, as of a new key of the management API.
  if (staged.reserved && importer.reauthenticated === false) {
    throw new ReauthenticationRequiredError('This needs a recent re-authentication.');
  }
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
  // A crash of the database empties the staged lines, but not the import.
  if (inserted !== staged.lineCount) throw new KnownMeanwhileError();
  await requireNotReplaced(tx, id);
  await tx.delete(keyImport).where(eq(keyImport.id, id));
  // Last, so that the importer's row is not locked while this transaction waits for others.
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

/** Locks the owners like `createKey`, so that nobody disables or deletes them before the commit. */
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

/**
 * A regenerate that committed during the insert may have moved an old MAC here, where it would take
 * precedence.
 */
async function requireNotReplaced(tx: Queryable, id: string) {
  const { rows } = await tx.execute<{ known: boolean }>(sql`
    select exists (
      select from key_import_line l where l.import_id = ${id}
        and (select true from former_secret f where f.mac = l.mac) is true) as known`);
  if (rows[0]?.known) throw new KnownMeanwhileError();
}

/** Checks again, so that the page shows the present problems. */
async function judgeAgain(transfer: Transfer, id: string) {
  await transfer.database.transaction(async (tx) => {
    const badCount = await judgeStaged(tx, id);
    await tx.update(keyImport).set({ badCount, progress: 0 }).where(eq(keyImport.id, id));
  });
}

/** An advisory lock, because progress is written to the row from outside while this is held. */
async function tryLock(tx: Queryable, id: string): Promise<boolean> {
  const { rows } = await tx.execute<{ locked: boolean }>(
    sql`select pg_try_advisory_xact_lock(${importLock(id)}) as locked`,
  );
  return rows[0]?.locked === true;
}

/** Runs outside the transaction, because nobody could see it otherwise. A failure stops nothing. */
async function tellProgress(id: string, done: number): Promise<void> {
  await database()
    .update(keyImport)
    .set({ progress: done })
    .where(eq(keyImport.id, id))
    .catch(() => undefined);
}
