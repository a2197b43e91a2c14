import 'server-only';
import type { Pool, PoolClient } from 'pg';

/**
 * Runs statements in a transaction whose commit waits neither for the disk nor for a standby. A crash of PostgreSQL
 * loses a fraction of a second of them. Set for the transaction alone, so that no other commit is ever affected.
 */
export async function relaxedly<Result>(
  pool: Pool,
  run: (client: PoolClient) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let failure: Error | undefined;
  try {
    await client.query('begin; set local synchronous_commit = off');
    const result = await run(client);
    await client.query('commit');
    return result;
  } catch (error) {
    failure = error as Error;
    throw error;
  } finally {
    // A connection in a failed transaction is closed, which also rolls back.
    client.release(failure);
  }
}
