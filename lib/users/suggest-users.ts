import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { isPrefixSearch } from '@/lib/lists/beginning';
import { nameBegins } from '@/lib/lists/username';
import { personWhere } from './user-text';

export type SuggestedUser = { username: string; displayName: string; active: boolean };

const mostSuggested = 10;

/**
 * Users whose username, display name or email holds the text: active ones first, and those whose username
 * begins with it. Disabled ones are among them, so that somebody who looks for one learns why not.
 */
export async function suggestUsers(
  administrator: Administrator,
  text: string,
): Promise<SuggestedUser[]> {
  authorize(administrator, 'viewer');
  const where = personWhere(text, await isPrefixSearch(text));
  const begins = sql`(t.username_folded collate "C" like ${nameBegins(text)})`;
  const { rows } = await database().execute<SuggestedUser>(sql`
    select t.username, t.display_name as "displayName", t.active from directory_user t
    where t.deleted_at is null and ${where}
    order by t.active desc, ${begins} desc, t.username_folded collate "C" limit ${mostSuggested}`);
  return rows;
}
