import { chownSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Client } from 'pg';
import { Sentence } from '../sentence';
import { type Exit, stopSupervised } from '../supervised';
import { findAccount } from './account';
import { findBinaries } from './binaries';
import { AlreadyRunning, freeFolder, isOwned, takeOwnership } from './claim';
import { createCluster } from './cluster';
import { keptPassword } from './generated-secrets';
import { runPostgres, type Server } from './postgres';
import { connectTo, findPostmaster, superuserUrl } from './postmaster';
import { createDatabase, type Roles } from './roles';

export type EmbeddedDatabase = {
  /** For the desk. This role owns nothing and can only add to the audit. */
  url: string;
  /** For migrations. */
  ownerUrl: string;
  exited: Promise<Exit>;
  stop: () => Promise<void>;
};

/**
 * Creates the embedded database if there is none, and runs it until `stop`.
 *
 * @throws AlreadyRunning if another start runs it
 */
export async function runEmbeddedDatabase(dataFolder: string): Promise<EmbeddedDatabase> {
  const { folder, password, roles, shown } = whereabouts(dataFolder);
  const binaries = findBinaries(folder);
  const account = findAccount();
  await createCluster(binaries, folder, password, account);
  for (let attempt = 0; attempt < 20; attempt += 1) {
    await freeFolder(folder, password, shown);
    if (account) chownSync(folder, account.uid, account.gid);
    const server = await runPostgres(binaries, folder, password, account);
    if (!server) continue;
    if (!(await takeOwnership(server.session))) {
      await stopServer(server);
      throw new AlreadyRunning(`Keydesk is already running on ${shown}.`);
    }
    await createDatabase(server.session, superuserUrl(server.port, password), roles);
    return {
      ...roleUrls(server.port, roles),
      exited: server.process.exited,
      stop: keepOwnership(server, superuserUrl(server.port, password)),
    };
  }
  throw new Sentence(`The embedded database in ${shown} is busy: try again.`);
}

/**
 * Uses the running database of another start, or runs it until `stop`. For commands beside a running desk.
 */
export async function borrowEmbeddedDatabase(
  dataFolder: string,
): Promise<Omit<EmbeddedDatabase, 'exited'>> {
  const { folder, password, roles } = whereabouts(dataFolder);
  const server = findPostmaster(folder);
  if (!server || !(await isOwned(folder, password))) return runEmbeddedDatabase(dataFolder);
  return { ...roleUrls(server.port, roles), stop: async () => undefined };
}

/**
 * Called early, so that no other error comes first.
 *
 * @throws AlreadyRunning if another start owns the folder
 */
export async function refuseSecondStart(dataFolder: string): Promise<void> {
  const { folder, password, shown } = whereabouts(dataFolder);
  if (await isOwned(folder, password)) {
    throw new AlreadyRunning(`Keydesk is already running on ${shown}.`);
  }
}

function whereabouts(dataFolder: string) {
  const fromHere = relative(process.cwd(), dataFolder);
  return {
    folder: join(dataFolder, 'postgres'),
    password: keptPassword(dataFolder, 'postgres-password'),
    roles: {
      keydesk: keptPassword(dataFolder, 'database-password'),
      keydesk_owner: keptPassword(dataFolder, 'database-owner-password'),
    },
    shown: fromHere.startsWith('..') ? dataFolder : fromHere || '.',
  };
}

const roleUrls = (port: number, roles: Roles) => ({
  url: `postgresql://keydesk:${roles.keydesk}@127.0.0.1:${port}/keydesk`,
  ownerUrl: `postgresql://keydesk_owner:${roles.keydesk_owner}@127.0.0.1:${port}/keydesk`,
});

/** Takes the lock again if its session breaks while the server runs. */
function keepOwnership(server: Server, url: string): () => Promise<void> {
  let current: Client | undefined = server.session;
  let ended = false;
  const renew = async () => {
    if (ended) return;
    current = await connectTo(url).catch(() => undefined);
    if (current && (await takeOwnership(current).catch(() => false))) current.once('end', renew);
    else setTimeout(renew, 500).unref();
  };
  server.session.once('end', renew);
  server.process.exited.then(() => {
    ended = true;
  });
  return async () => {
    ended = true;
    await stopServer({ ...server, session: current ?? server.session });
  };
}

async function stopServer(server: Server): Promise<void> {
  await stopSupervised(server.process, 'SIGINT', 30_000);
  await server.session.end().catch(() => undefined);
}
