import 'server-only';
import { and, eq, isNull, lt, or, sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { keyImport } from '@/db/schema/key-import';
import { openTransfer } from '@/db/transfer';
import type { Importer } from './importer';

/** The lock that an import under way holds, by its id. */
export const importLock = (id: string | typeof keyImport.id) =>
  sql`hashtextextended('key_import ' || ${id}::text, 0)`;

/**
 * Removes what was staged an hour ago, and whatever this importer staged before. What an import under
 * way holds is left alone.
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

/** Lines whose import is over or was swept; those of a check under way are not committed, so not seen. */
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
