import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { handOver } from '@/db/schema/hand-over';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';

/** What waits to be collected: a new key, or a new secret of one that works. */
export type OpenHandOver = { until: Date; replaces: boolean; withCode: boolean };

export async function findOpenHandOver(actor: Actor, keyId: string): Promise<OpenHandOver | null> {
  authorize(actor, rights.readKeys);
  const [found] = await database()
    .select({
      until: handOver.expiresAt,
      replaces: handOver.replaces,
      withCode: sql<boolean>`${handOver.codeMac} is not null`,
    })
    .from(handOver)
    .where(
      and(
        eq(handOver.keyId, keyId),
        eq(handOver.state, 'open'),
        sql`${handOver.expiresAt} > now()`,
      ),
    );
  return found ?? null;
}

/** What the page of a link shows before anything is proven. It names no key and no user. */
export type LinkState = { state: 'unknown' | 'over' } | { state: 'there'; asksCode: boolean };

/** Reads only: pages are also fetched by previews of mails and chats. */
export async function findLinkState(id: string): Promise<LinkState> {
  const [found] = await database()
    .select({
      state: handOver.state,
      over: sql<boolean>`${handOver.expiresAt} <= now()`,
      withCode: sql<boolean>`${handOver.codeMac} is not null`,
    })
    .from(handOver)
    .where(eq(handOver.id, id));
  if (!found) return { state: 'unknown' };
  if (found.state === 'collected') return { state: 'there', asksCode: false };
  if (found.state !== 'open' || found.over) return { state: 'over' };
  return { state: 'there', asksCode: found.withCode };
}
