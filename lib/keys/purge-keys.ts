import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { restorableDays } from './restore-key';

const batch = 1_000;

/**
 * Deletes the data of keys that were deleted long ago. Owner and MAC stay, so that a call with a dead secret
 * can still be traced. Two instances at once share the work.
 *
 * @returns how many keys were purged; fewer than {@link batch} if none are left
 */
export async function purgeKeys(tx: Queryable, size = batch): Promise<number> {
  const { rowCount } = await tx.execute(sql`
    with due as (
      select id from api_key
      where deleted_at < now() - make_interval(days => ${restorableDays}) and purged_at is null
      order by id limit ${size} for update skip locked
    )
    update api_key set purged_at = now(), name = '', scopes = '{}', metadata = null,
      allowed_addresses = '{}', rate_limit = null, rate_window = null
    from due where api_key.id = due.id`);
  return rowCount ?? 0;
}
