import 'server-only';
import { and, asc, eq, isNull, notInArray, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey, formerSecret } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { handOver } from '@/db/schema/hand-over';
import { keySummary } from '../key-summary';

/** The secrets under one version of the pepper: of live keys, and dead ones kept for attribution. */
export type PepperUse = { version: number; live: number; dead: number };

/** The number of secrets under each version, lowest version first. */
export async function countByPepper(): Promise<PepperUse[]> {
  const { rows } = await database().execute<PepperUse>(sql`
    select version, (count(*) filter (where live))::int as live,
      (count(*) filter (where not live))::int as dead
    from (
      select secret_pepper as version, deleted_at is null as live from ${apiKey}
      union all select pepper, false from ${formerSecret}
      union all select secret_pepper, true from ${handOver} where state = 'open' and replaces
    ) as secret
    group by version order by version`);
  return rows;
}

/** Some live keys that are not under this version yet, least recently used first. */
export async function listKeysNotOn(version: number, most: number) {
  const lastUsedFirst: SQL = sql`${keySummary.lastUsedAt} asc nulls first`;
  return database()
    .select({
      username: directoryUser.username,
      hint: keySummary.hint,
      pepper: apiKey.secretPepper,
      lastUsedAt: keySummary.lastUsedAt,
    })
    .from(apiKey)
    .innerJoin(directoryUser, eq(directoryUser.id, apiKey.ownerId))
    .where(and(isNull(apiKey.deletedAt), notInArray(apiKey.secretPepper, [version])))
    .orderBy(lastUsedFirst, asc(apiKey.id))
    .limit(most);
}
