import 'server-only';
import { z } from 'zod';
import { database, type Queryable } from '@/db/client';
import { findByUsername, findUsernameOf } from '@/lib/users/find-user';

/** The username of the user whom a body names by username or by id. */
export async function usernameOf(text: string, tx: Queryable = database()): Promise<string> {
  if (!z.uuid().safeParse(text).success) return text;
  const named = await findByUsername(tx, text);
  return named ? text : ((await findUsernameOf(tx, text)) ?? text);
}
