import 'server-only';
import type { ClientBase, QueryConfig } from 'pg';
import { DatabaseUnfitError } from './database-unfit';

/** Values of a session, by their names in PostgreSQL; times in milliseconds. */
export type SessionValues = Readonly<Record<string, string | number>>;

/** Longest wait for one of the two answers, in milliseconds. */
const patience = 5_000;

/**
 * Sets what holds for a session, after connecting: poolers refuse values that come with the connection.
 * They are read back, for behind a pooler the next statement may have come to another session.
 *
 * @throws DatabaseUnfitError where they are not kept; the connection is closed then
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

/** The one row that a statement answers with. */
export async function askInTime(
  client: ClientBase,
  text: string,
): Promise<Record<string, string | null>> {
  const { rows } = await client.query({ text, query_timeout: patience } as QueryConfig);
  return rows[0] ?? {};
}

/** `end` would wait for an answer, or for a stream that nobody reads. */
export function socketOf(client: ClientBase): { destroy(): void } | undefined {
  return (client as unknown as { connection?: { stream?: { destroy(): void } } }).connection
    ?.stream;
}
