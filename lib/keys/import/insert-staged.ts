import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';

/** Lines in one statement. Progress is reported after each. */
const chunkSize = 5_000;

/**
 * Makes keys of the staged lines in the caller's transaction.
 *
 * @returns how many
 */
export async function insertStaged(
  tx: Queryable,
  id: string,
  onProgress: (done: number) => Promise<void>,
): Promise<number> {
  // Forces look-ups by index for each chunk. By its size alone, the planner would scan the directory each
  // time.
  await tx.execute(sql`select set_config(name, 'off', true)
    from unnest(array['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan']) name`);
  const last = await lastLine(tx, id);
  let done = 0;
  for (let after = 0; after < last; after += chunkSize) {
    const { rowCount } = await insertChunk(tx, id, after);
    done += rowCount ?? 0;
    await onProgress(done);
  }
  return done;
}

async function lastLine(tx: Queryable, id: string): Promise<number> {
  const { rows } = await tx.execute<{ last: number | null }>(
    sql`select max(line) as last from key_import_line where import_id = ${id}`,
  );
  return rows[0]?.last ?? 0;
}

/** The key's id is also its request id, because neither is ever sent again. */
function insertChunk(tx: Queryable, id: string, after: number) {
  return tx.execute(sql`
    insert into api_key (id, request_id, owner_id, name, active, scopes, expires_at, secret_mac,
      secret_pepper, secret_prefix, secret_first, secret_last, created_at, secret_created_at)
    select l.key_id, l.key_id, u.id, l.name, l.active, l.scopes, l.expires_at, l.mac,
      l.pepper, l.secret_prefix, l.secret_first, l.secret_last,
      coalesce(l.created_at, now()), coalesce(l.created_at, now())
    from key_import_line l
    join directory_user u on u.username_folded = l.username_folded and u.deleted_at is null
    where l.import_id = ${id} and l.line > ${after} and l.line <= ${after + chunkSize}
    order by l.line`);
}
