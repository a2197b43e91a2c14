import { randomUUID } from 'node:crypto';
import { hash } from '@node-rs/argon2';
import { query } from './checker';

const password = 'a long password of an administrator';

/** Adds an administrator directly to the database. */
export async function addAdmin(databaseUrl: string) {
  const username = `admin-${randomUUID()}`;
  // A cheap hash, because signing in is not tested here.
  const passwordHash = await hash(password, { memoryCost: 1_024, timeCost: 1, parallelism: 1 });
  await query(
    databaseUrl,
    `insert into directory_user (id, username, role, password_hash) values ($1, $2, 'admin', $3)`,
    [randomUUID(), username, passwordHash],
  );
  return { username, password };
}
