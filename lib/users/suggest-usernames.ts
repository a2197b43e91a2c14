import 'server-only';
import { and, eq, isNull, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { nameBegins, nameContains } from '@/lib/lists/username';

/** Up to ten active users whose names contain the text, those that begin with it first. */
export async function suggestUsernames(
  administrator: Administrator,
  text: string,
): Promise<string[]> {
  authorize(administrator, 'viewer');
  const begins = sql`${directoryUser.usernameFolded} collate "C" like ${nameBegins(text)}`;
  const rows = await database()
    .select({ username: directoryUser.username })
    .from(directoryUser)
    .where(
      and(
        isNull(directoryUser.deletedAt),
        eq(directoryUser.active, true),
        sql`${directoryUser.usernameFolded} like ${nameContains(text)}`,
      ),
    )
    .orderBy(sql`${begins} desc`, directoryUser.usernameFolded)
    .limit(10);
  return rows.map((row) => row.username);
}
