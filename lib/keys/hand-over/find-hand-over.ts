import 'server-only';
import { and, eq, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { handOver } from '@/db/schema/hand-over';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { type Collector, readCollector } from './collector';

const withCode = sql<boolean>`${handOver.codeMac} is not null and not ${handOver.signOn}`;

/** What waits to be collected: a new key, or a new secret of one that works. */
export type OpenHandOver = {
  until: Date;
  replaces: boolean;
  withCode: boolean;
  signOn: boolean;
  /** Who alone can collect it; null if anybody with the link can, or nobody now. */
  onlyFor: Collector | null;
};

export async function findOpenHandOver(actor: Actor, keyId: string): Promise<OpenHandOver | null> {
  authorize(actor, rights.readKeys);
  const [found] = await database()
    .select({
      ownerId: apiKey.ownerId,
      until: handOver.expiresAt,
      replaces: handOver.replaces,
      withCode,
      signOn: handOver.signOn,
    })
    .from(handOver)
    .innerJoin(apiKey, eq(apiKey.id, handOver.keyId))
    .where(
      and(
        eq(handOver.keyId, keyId),
        eq(handOver.state, 'open'),
        sql`${handOver.expiresAt} > now()`,
      ),
    );
  if (!found) return null;
  const { ownerId, ...open } = found;
  return { ...open, onlyFor: open.signOn ? await readCollector(database(), ownerId) : null };
}

/** What the page of a link shows before anything is proven. It names no key and no user. */
export type LinkState =
  | { state: 'unknown' | 'over' }
  | {
      state: 'there';
      asksCode: boolean;
      /** Whether its user must be signed in. */
      asksSignOn: boolean;
    };

/** Reads only: pages are also fetched by previews of mails and chats. */
export async function findLinkState(id: string): Promise<LinkState> {
  const [found] = await database()
    .select({
      state: handOver.state,
      over: sql<boolean>`${handOver.expiresAt} <= now()`,
      withCode,
      signOn: handOver.signOn,
    })
    .from(handOver)
    .where(eq(handOver.id, id));
  if (!found) return { state: 'unknown' };
  const asksSignOn = found.signOn;
  if (found.state === 'collected') return { state: 'there', asksCode: false, asksSignOn };
  if (found.state !== 'open' || found.over) return { state: 'over' };
  return { state: 'there', asksCode: found.withCode, asksSignOn };
}
