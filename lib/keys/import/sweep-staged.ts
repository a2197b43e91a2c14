import 'server-only';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { keyImport } from '@/db/schema/key-import';
import { openTransfer } from '@/db/transfer';
import type { Importer } from './importer';

/** The advisory lock that a running import holds, by its id. */
export const importLock = (id: string | typeof keyImport.id) =>
  sql`hashtextextended('key_import ' || ${id}::text, 0)`;

/**
 * Deletes what was staged over an hour ago, and everything that this importer staged before. Skips running
 * imports.
 */
export async function sweepStaged(tx: Queryable, importer: Importer | null): Promise<void> {
  const old = lt(keyImport.createdAt, sql`now() - interval '1 hour'`);
  const { administratorId } = keyImport;
  const own = importer?.id ? eq(administratorId, importer.id) : isNull(administratorId);
  await tx
    .delete(keyImport)
    .where(
      and(
        importer ? or(own, old) : old,
        sql`pg_try_advisory_xact_lock(${importLock(keyImport.id)})`,
      ),
    );
  await dropOrphanLines(tx);
}

/**
 * Deletes lines whose import is over or was swept. Lines of a running check are not committed, so not
 * visible.
 */
export async function dropOrphanLines(tx: Queryable): Promise<void> {
  await tx.execute(sql`
    delete from key_import_line l
    where not exists (select from key_import i where i.id = l.import_id)`);
}

/** The same on a connection of its own. */
export async function sweepNow(importer: Importer | null): Promise<void> {
  const transfer = await openTransfer();
  await sweepStaged(transfer.database, importer).finally(() => transfer.close());
}
