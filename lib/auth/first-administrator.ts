import 'server-only';
import { isNotNull } from 'drizzle-orm';
import { v7 as uuidv7 } from 'uuid';
import { database } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import { recordEvent, systemActor } from '@/lib/audit/record-event';
import { hashPassword } from '@/lib/passwords/password';

/**
 * Makes the first administrator, an `admin`, only if there is none yet. Instances that start together wait
 * for each other on the table lock, so exactly one makes it.
 *
 * @returns whether it made one
 */
export async function ensureFirstAdministrator(first: {
  username: string;
  password: string;
}): Promise<boolean> {
  if (await hasAdministrator()) return false;
  const passwordHash = await hashPassword(first.password);
  return database().transaction(async (tx) => {
    await tx.execute('lock table directory_user in share row exclusive mode');
    if (await hasAdministrator(tx)) return false;
    const id = uuidv7();
    const { username } = first;
    await tx.insert(directoryUser).values({ id, username, role: 'admin', passwordHash });
    await recordEvent(tx, systemActor, 'administrator.create', {
      type: 'user',
      id,
      label: username,
    });
    return true;
  });
}

async function hasAdministrator(
  queryable: Pick<ReturnType<typeof database>, 'select'> = database(),
) {
  const [row] = await queryable
    .select({ id: directoryUser.id })
    .from(directoryUser)
    .where(isNotNull(directoryUser.role))
    .limit(1);
  return row !== undefined;
}
