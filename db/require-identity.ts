import 'server-only';
import { PrimaryClient } from './primary-client';
import { setSession, socketOf } from './session';

/**
 * Asks on a connection of its own whether the database is the one that it was.
 *
 * @throws RestoredError if it was restored or copied
 */
export async function requireIdentity(connectionString = process.env.DATABASE_URL): Promise<void> {
  const client = new PrimaryClient({ connectionString, connectionTimeoutMillis: 2_000 });
  try {
    await client.connect();
    await setSession(client, { application_name: 'keydesk identity' });
    await client.end();
  } finally {
    socketOf(client)?.destroy();
  }
}
