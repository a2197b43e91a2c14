import type { Client } from 'pg';
import { Sentence } from '../sentence';
import { connectTo } from './postmaster';

/** The passwords of the two roles, by their names. */
export type Roles = { keydesk: string; keydesk_owner: string };

/**
 * Makes the database and its two roles, without special rights, as on an external server. One owns the
 * tables, and the desk works as the other.
 */
export async function createDatabase(session: Client, url: string, roles: Roles): Promise<void> {
  for (const [name, password] of Object.entries(roles)) {
    const known = await session.query('select from pg_roles where rolname = $1', [name]);
    const verb = known.rowCount ? 'alter' : 'create';
    await session.query(`${verb} role ${name} login password ${session.escapeLiteral(password)}`);
  }
  const found = await session.query(`select from pg_database where datname = 'keydesk'`);
  if (!found.rowCount) await session.query('create database keydesk owner keydesk_owner');
  else await takeOver(url);
}

/** In older folders, the desk's only role owns everything. */
async function takeOver(url: string) {
  const database = new URL(url);
  database.pathname = '/keydesk';
  const client = await connectTo(database.href);
  if (!client) throw new Sentence('The embedded database does not answer.');
  await client.query('reassign owned by keydesk to keydesk_owner').finally(() => client.end());
}
