import 'server-only';
import { and, eq, isNull, ne } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey, holdsOwnScope } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { type Administrator, authorize } from '@/lib/access/administrator';

/** What a new installation still needs before a service can ask about a key of its users. */
export type FirstSteps = { users: boolean; keys: boolean; service: boolean };

/** Which of the first steps are done. Users are those beside whoever asks. */
export async function findFirstSteps(administrator: Administrator): Promise<FirstSteps> {
  authorize(administrator, 'viewer');
  const [users, keys, services] = await Promise.all([
    database()
      .select({ id: directoryUser.id })
      .from(directoryUser)
      .where(and(isNull(directoryUser.deletedAt), ne(directoryUser.id, administrator.id)))
      .limit(1),
    database().select({ id: apiKey.id }).from(apiKey).where(isNull(apiKey.deletedAt)).limit(1),
    database()
      .select({ id: apiKey.id })
      .from(apiKey)
      .where(and(isNull(apiKey.deletedAt), eq(apiKey.active, true), holdsOwnScope))
      .limit(1),
  ]);
  return { users: users.length > 0, keys: keys.length > 0, service: services.length > 0 };
}
