import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import type { Actor } from '@/lib/access/actor';
import { authorize } from '@/lib/access/administrator';
import { rights } from '@/lib/access/rights';
import { findIdleRule } from './idle-rule';
import { idleTables, isRuled, stopDay } from './idle-sql';

/** The day in UTC on which a key is switched off if it stays unused. Null if the rule does not touch it. */
export async function findStopDay(actor: Actor, keyId: string): Promise<string | null> {
  authorize(actor, rights.readKeys);
  return readStopDay(keyId);
}

/** The same for a caller who has checked that the key may be seen. */
export async function readStopDay(keyId: string): Promise<string | null> {
  const rule = await findIdleRule();
  if (!rule) return null;
  const { rows } = await database().execute<{ day: string }>(sql`
    select greatest(${stopDay(rule)}, (now() at time zone 'UTC')::date)::text as day
    from ${idleTables} where api_key.id = ${keyId} and ${isRuled()}`);
  return rows[0]?.day ?? null;
}
