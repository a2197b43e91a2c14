import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { isShort } from '@/lib/lists/list-params';
import { containsPattern } from '@/lib/lists/sql-text';
import { nameContains } from '@/lib/lists/username';
import type { AuditFilters } from './audit-input';

/** Looked at, and named: a search for what half of the users are called is no search for a spelling. */
const mostLookedAt = 10_000;
const mostNamed = 20;

export type Spellings = Record<'actor' | 'target', string[]>;

/**
 * Usernames that contain what was typed, but written so that the audit, whose index knows case alone,
 * would not find it in them: wide letters, another sigma, another i. Deleted users count.
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
