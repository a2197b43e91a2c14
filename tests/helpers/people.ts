import { v7 as uuidv7 } from 'uuid';
import { database } from '@/db/client';
import { directoryUser } from '@/db/schema/directory-user';
import type { Administrator, Role } from '@/lib/access/administrator';

function person(username: string, role: Role): Administrator {
  return { id: uuidv7(), username, role, address: '192.0.2.1', reauthenticated: true };
}

/** The people of all tests: ada is an admin, otto an operator, vera a viewer. */
export const ada = person('ada', 'admin');
export const otto = person('otto', 'operator');
export const vera = person('vera', 'viewer');

/** Adds ada, otto and vera to the directory, without passwords. */
export async function insertPeople(): Promise<void> {
  const rows = [ada, otto, vera].map(({ id, username, role }) => ({ id, username, role }));
  await database().insert(directoryUser).values(rows);
}

/** Adds a user without a role to the directory and returns its id. */
export async function insertUser(
  username: string,
  more: Partial<typeof directoryUser.$inferInsert> = {},
): Promise<string> {
  const id = uuidv7();
  await database()
    .insert(directoryUser)
    .values({ id, username, ...more });
  return id;
}
