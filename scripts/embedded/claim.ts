import { setTimeout as delay } from 'node:timers/promises';
import type { Client } from 'pg';
import { Sentence } from '../sentence';
import { connectTo, findPostmaster, stopPostmaster, superuserUrl } from './postmaster';

/** Held in the embedded database by the one start that owns the folder, for as long as it lives. */
const ownerLock = 7_205_150_002;
/** A start takes the lock right after its server answers; so long a free lock means nothing. */
const grace = 3_000;

export class AlreadyRunning extends Sentence {}

export async function takeOwnership(client: Client): Promise<boolean> {
  const { rows } = await client.query('select pg_try_advisory_lock($1) as taken', [ownerLock]);
  return rows[0]?.taken === true;
}

/**
 * Returns when no server runs in the folder. One whose owner lives is left alone; one left over by
 * a start that was killed is stopped.
 *
 * @throws AlreadyRunning where another start owns the folder
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
      // The server went away meanwhile: look again.
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

/** Whether another start owns the folder at this moment. */
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
