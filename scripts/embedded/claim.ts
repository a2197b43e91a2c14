import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { Sentence } from '../sentence';
import { connectTo, findPostmaster, stopPostmaster, superuserUrl } from './postmaster';

/** Held in the embedded database by the start that owns the folder, as long as it lives. */
const ownerLock = 7_205_150_002;
/**
 * Milliseconds for which a free lock means nothing, because a start takes it right after its server answers.
 */
const grace = 3_000;

export class AlreadyRunning extends Sentence {}

export async function takeOwnership(client: Client): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [ownerLock]);
  return rows[0]?.taken === true;
}

/**
 * Returns when no server runs in the folder. Stops a server whose start was killed, and waits for any other.
 *
 * @throws AlreadyRunning if another start owns the folder
 */
export async function freeFolder(folder: string, password: string, shown: string): Promise<void> {
  let freeSince: number | undefined;
  for (;;) {
    const server = findPostmaster(folder);
    if (!server) return;
    const client = await connectTo(superuserUrl(server.port, password));
    try {
      if (client && !(await isOwnerless(client))) {
        throw new AlreadyRunning(`Keydesk is already running on ${shown}.`);
      }
      if (client) freeSince ??= Date.now();
      const leftOver = freeSince !== undefined && Date.now() - freeSince > grace;
      if (client && leftOver && (await takeOwnership(client))) return await stopPostmaster(server);
    } catch (error) {
      if (error instanceof Sentence) throw error;
      // The server ended meanwhile, so look again.
    } finally {
      await client?.end().catch(() => undefined);
    }
    await delay(100);
  }
}

async function isOwnerless(client: Client): Promise<boolean> {
  const { rows } = await client.query(
    `select 1 from pg_locks where locktype = 'advisory' and granted
      and ((classid::bigint << 32) | objid::bigint) = $1`,
    [ownerLock],
  );
  return rows.length === 0;
}

/** Whether another start owns the folder now. */
export async function isOwned(folder: string, password: string): Promise<boolean> {
  const server = findPostmaster(folder);
  const client = server && (await connectTo(superuserUrl(server.port, password)));
  try {
    return client ? !(await isOwnerless(client)) : false;
  } catch {
    return false;
  } finally {
    await client?.end().catch(() => undefined);
  }
}
