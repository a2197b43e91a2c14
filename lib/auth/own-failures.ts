import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';

/** Failed sign-ins in a day from which they are shown. A few mistyped passwords are normal. */
const worthSaying = 10;
/** Failures counted at most. */
export const mostCounted = 1_000;

export type OwnFailures = { count: number; lastAddress: string };

/** Refused sign-ins as this administrator in the last 24 hours; null if there are few. */
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
