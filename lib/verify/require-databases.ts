import 'server-only';
import { databaseProblem } from '@/db/database-problem';
import { DatabaseUnfitError } from '@/db/database-unfit';
import { requireOwnSessions } from '@/db/own-sessions';
import { PrimaryClient } from '@/db/primary-client';
import type { VerifySettings } from '@/lib/settings/verify-settings';
import { requireRights } from './require-rights';

type Addresses = Pick<VerifySettings, 'DATABASE_URL' | 'LOOKUP_DATABASE_URL'>;

/**
 * Checks the databases of a process that serves verification alone.
 *
 * @returns false if the schema is too old for this release
 * @throws DatabaseUnfitError, or the error of the server, if verification cannot work there
 */
export async function requireDatabases(given: Addresses): Promise<boolean> {
  await requireOwnSessions('DATABASE_URL', given.DATABASE_URL);
  await requireLookup(given);
  return withClient(given.DATABASE_URL, requireRights);
}

/**
 * Checks that look-ups, if they have an address of their own, read the database in which keys are changed.
 *
 * @throws DatabaseUnfitError if they do not
 */
export async function requireLookup({ DATABASE_URL, LOOKUP_DATABASE_URL }: Addresses) {
  if (!LOOKUP_DATABASE_URL) return;
  const [there, here] = await Promise.all([
    inLookup(() => withClient(LOOKUP_DATABASE_URL, readPlace)),
    withClient(DATABASE_URL, readPlace),
  ]);
  if (there !== here) {
    throw new DatabaseUnfitError('LOOKUP_DATABASE_URL and DATABASE_URL must lead to one database.');
  }
  await inLookup(() => requireOwnSessions('DATABASE_URL', LOOKUP_DATABASE_URL));
}

/** The server, however it is reached, and the database in it. */
async function readPlace(client: PrimaryClient): Promise<string> {
  const { rows } = await client.query<{ place: string }>(
    `select concat(system_identifier, ' ', current_database()) as place from pg_control_system()`,
  );
  return rows[0]?.place ?? '';
}

/** Says which setting is wrong, as the sentences about databases speak of `DATABASE_URL`. */
async function inLookup<Result>(ask: () => Promise<Result>): Promise<Result> {
  try {
    return await ask();
  } catch (error) {
    const problem = databaseProblem(error)?.replaceAll('DATABASE_URL', 'LOOKUP_DATABASE_URL');
    throw problem ? new DatabaseUnfitError(problem) : error;
  }
}

async function withClient<Result>(
  connectionString: string,
  ask: (client: PrimaryClient) => Promise<Result>,
): Promise<Result> {
  const client = new PrimaryClient({ connectionString, connectionTimeoutMillis: 5_000 });
  await client.connect();
  try {
    return await ask(client);
  } finally {
    await client.end();
  }
}
