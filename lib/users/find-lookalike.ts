import 'server-only';
import { sql } from 'drizzle-orm';
import type { Queryable } from '@/db/client';
import { usernameKey } from '@/lib/lists/username';

/** What a form knows of the warning: the name that it was given about, which may then be taken. */
export type Confirmed = { lookalike?: string | undefined };

/**
 * Another user whose name differs only by letters that look the same, as those of another script do. It
 * may be taken, but only by who has been told. Those who are called the same, the unique index refuses.
 */
export async function findLookalike(
  tx: Queryable,
  username: string,
  self?: string,
): Promise<string | null> {
  const { rows } = await tx.execute<{ username: string }>(sql`
    select u.username from directory_user u where u.deleted_at is null
      and u.id is distinct from ${self ?? null}::uuid
      and rtrim(u.username_folded) <> ${usernameKey(username)}
      and (u.username_folded = ${looks(username)} or u.username_lookalike = ${looks(username)})
    order by u.username_folded limit 1`);
  return rows[0]?.username ?? null;
}

const looks = (text: string) =>
  sql`coalesce(username_lookalike(${text}::text), ${usernameKey(text)})`;
