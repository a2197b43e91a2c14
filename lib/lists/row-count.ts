import 'server-only';
import { eq, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { rowTally } from '@/db/schema/row-tally';

/** Tables whose rows are tallied. */
export type Counted = 'api_key' | 'directory_user';

/** The number of rows that are not deleted, without reading them. */
export async function countLive(relation: Counted): Promise<number> {
  const [row] = await database()
    .select({ live: sql<number>`coalesce(sum(${rowTally.live}), 0)::float8` })
    .from(rowTally)
    .where(eq(rowTally.relation, relation));
  return row?.live ?? 0;
}
