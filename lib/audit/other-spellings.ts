import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { isShort } from '@/lib/lists/list-params';
import { containsPattern } from '@/lib/lists/sql-text';
import { nameContains } from '@/lib/lists/username';
import type { AuditFilters } from './audit-input';

/**
 * Most users read and most spellings used. A text that matches half of all users is not a search for one
 * spelling.
 */
const mostLookedAt = 10_000;
const mostNamed = 20;

export type Spellings = Record<'actor' | 'target', string[]>;

/**
 * Usernames that contain the typed text in another spelling: wide letters, another sigma, another i. The
 * audit's index ignores only case, so it would not find them. Includes deleted users.
 */
export async function otherSpellings({ actor, target }: AuditFilters): Promise<Spellings> {
  return { actor: await spellingsOf(actor), target: await spellingsOf(target) };
}

async function spellingsOf(text: string): Promise<string[]> {
  if (text === '' || isShort(text)) return [];
  const { rows } = await database().execute<{ username: string }>(sql`
    select username from (
      select username from directory_user where username_folded like ${nameContains(text)}
      limit ${mostLookedAt}
    ) alike
    where lower(username collate "und-x-icu") collate "default" not like ${containsPattern(text)}
    limit ${mostNamed}`);
  return rows.map(({ username }) => username);
}
