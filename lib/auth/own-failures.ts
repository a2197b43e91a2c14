import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';

/** Failed sign-ins within a day that are worth a word: people mistype a password a few times. */
const worthSaying = 10;
/** Counted no further. */
export const mostCounted = 1_000;

export type OwnFailures = { count: number; lastAddress: string };

/** Refused sign-ins as this administrator in the last 24 hours; null where there are few. */
export async function findOwnFailures({ username }: Administrator): Promise<OwnFailures | null> {
  const { rows } = await database().execute<OwnFailures>(sql`
    select count(*)::int as count, (array_agg(address order by seq desc))[1] as "lastAddress"
    from (
      select seq, address from audit_event
      where actor = ${username} and action = 'session.sign-in' and outcome = 'refused'
        and at > now() - interval '24 hours'
      order by seq desc limit ${mostCounted}) refused`);
  const [found] = rows;
  return found && found.count >= worthSaying ? found : null;
}
