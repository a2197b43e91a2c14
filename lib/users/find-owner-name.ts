import 'server-only';
import { eq } from 'drizzle-orm';
import { database } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';

/** The username of whoever keys are filtered by, also of a user who was deleted; null where nobody is. */
export async function findOwnerName(
  administrator: Administrator,
  id: string,
): Promise<string | null> {
  authorize(administrator, 'viewer');
  const [user] = await database()
    .select({ username: directoryUser.username })
    .from(directoryUser)
    .where(eq(directoryUser.id, id));
  return user?.username ?? null;
}
