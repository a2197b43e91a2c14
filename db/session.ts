import 'server-only';
import type { ClientBase, QueryConfig } from 'pg';
import { DatabaseUnfitError } from './database-unfit';

/** Session values by their names in PostgreSQL; times in milliseconds. */
export type SessionValues = Readonly<Record<string, string | number>>;

/** Longest wait for each of the two answers, in milliseconds. */
const patience = 5_000;

/**
 * Sets session values after connecting, because poolers refuse values in the connection itself. Reads them
 * back, because a pooler may have sent the next statement to another session.
 *
 * @throws DatabaseUnfitError if they are not kept; the connection is then closed
 */
export async function setSession(client: ClientBase, values: SessionValues): Promise<void> {
  const names = Object.keys(values);
  const set = names.map((name) => `set_config('${name}', '${values[name]}', false) as "${name}"`);
  const read = names.map((name) => `current_setting('${name}') as "${name}"`);
  try {
    const given = await askInTime(client, `select ${set}`);
    const kept = await askInTime(client, `select ${read}`);
    if (names.every((name) => given[name] === kept[name])) return;
    throw new DatabaseUnfitError(
      'A pooler before PostgreSQL does not keep the values of a session.',
    );
  } catch (error) {
    socketOf(client)?.destroy();
    throw error;
  }
}

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
