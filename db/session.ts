import 'server-only';
import type { ClientBase, QueryConfig } from 'pg';
import { DatabaseUnfitError } from './database-unfit';
import { type Facts, factsSql, judgeIdentity, type Standing, trustsAnyDatabase } from './identity';

/** Session values by their names in PostgreSQL; times in milliseconds. */
export type SessionValues = Readonly<Record<string, string | number>>;

/** Longest wait for each of the two answers, in milliseconds. */
const patience = 5_000;

/**
 * Sets session values after connecting, because poolers refuse values in the connection itself. Reads them
 * back, because a pooler may have sent the next statement to another session. Asks in the same statement which
 * database this is.
 *
 * @param anyDatabase also takes a restored one
 * @returns what the connection leads to
 * @throws DatabaseUnfitError if they are not kept; the connection is then closed
 * @throws RestoredError if the database was restored or copied; the connection is then closed
 */
export async function setSession(
  client: ClientBase,
  values: SessionValues,
  anyDatabase = trustsAnyDatabase(),
): Promise<Standing> {
  const names = Object.keys(values);
  const set = names.map((name) => `set_config('${name}', '${values[name]}', false) as "${name}"`);
  const read = names.map((name) => `current_setting('${name}') as "${name}"`);
  try {
    const given = await askInTime(client, `select ${set}`);
    const { facts, ...kept } = await readBack(client, read, anyDatabase);
    if (names.every((name) => given[name] === kept[name])) {
      return anyDatabase ? 'known' : judgeIdentity(databaseOf(client), facts);
    }
    throw new DatabaseUnfitError(
      'A pooler before PostgreSQL does not keep the values of a session.',
    );
  } catch (error) {
    socketOf(client)?.destroy();
    throw error;
  }
}

type ReadBack = Record<string, string | null> & { facts: Facts | null };

/** The values, and the facts about the database; null if it has no table for them. */
async function readBack(
  client: ClientBase,
  read: string[],
  anyDatabase: boolean,
): Promise<ReadBack> {
  const values = `select ${read}`;
  if (anyDatabase) return { ...(await askInTime(client, values)), facts: null } as ReadBack;
  try {
    const row = await askInTime(client, `${values}, ${factsSql} as keydesk_identity`);
    const { keydesk_identity: facts, ...kept } = row;
    return { ...kept, facts: JSON.parse(facts ?? 'null') } as ReadBack;
  } catch (error) {
    const { code } = error as { code?: unknown };
    if (code === '42P01') return readBack(client, read, true);
    if (code === '42501') throw new DatabaseUnfitError(unreadable);
    throw error;
  }
}

const databaseOf = (client: ClientBase) =>
  (client as unknown as { database?: string }).database ?? '';

const unreadable =
  'The user in DATABASE_URL may not ask which database this is: grant it execute on pg_control_system(), pg_current_wal_lsn() and pg_walfile_name(pg_lsn), and select on database_identity.';

/** The single row of a statement's result. */
export async function askInTime(
  client: ClientBase,
  text: string,
): Promise<Record<string, string | null>> {
  const { rows } = await client.query({ text, query_timeout: patience } as QueryConfig);
  return rows[0] ?? {};
}

/** The socket, to be destroyed. `end` would wait for an answer, or for a stream that nobody reads. */
export function socketOf(client: ClientBase): { destroy(): void } | undefined {
  return (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection
    ?.stream;
}
