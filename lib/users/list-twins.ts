import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';

/** Users who look the same in every list, and which of them their name finds. */
export type Twins = { found: string; others: string[] };

/**
 * Users whose names a person cannot tell apart, from before new ones were refused. They are what they
 * were; to rename or delete one of them ends it.
 */
export async function listTwins(
  administrator: Pick<Administrator, 'role'>,
  most: number,
): Promise<Twins[]> {
  authorize(administrator, 'viewer');
  const { rows } = await database().execute<Twins>(sql`
    select first.username as found, array_agg(other.username order by other.username_folded) as others
    from directory_user other
    join directory_user first on first.username_folded = rtrim(other.username_folded)
      and first.deleted_at is null
    where other.username_folded like '% ' and other.deleted_at is null
    group by first.id, first.username, first.username_folded
    order by first.username_folded limit ${most}`);
  return rows;
}
