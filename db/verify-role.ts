import 'server-only';
import type { Client } from 'pg';

/**
 * The role of processes that serve verification alone, or of a group of such roles. One fixed name, because
 * whoever starts the pages does not know the address that those processes use.
 */
export const verifyRole = 'keydesk_verify';

/** What a look-up reads. Sessions, the audit, sealed secrets and second factors are not among it. */
const read = {
  api_key: `id, owner_id, name, active, expires_at, created_at, secret_mac, secret_version,
    secret_created_at, scopes, allowed_addresses, rate_limit, rate_window, metadata, deleted_at`,
  directory_user: 'id, username, active',
  former_secret: 'mac, key_id, version, issued_at, stops_at',
  key_last_use: 'key_id, used_at',
};

/**
 * Grants {@link verifyRole} exactly what verification needs and revokes everything else, if the server has
 * that role. The owner of the tables runs it after each migration.
 */
export async function grantVerification(owner: Client): Promise<void> {
  const { rowCount } = await owner.query('select from pg_roles where rolname = $1', [verifyRole]);
  if (!rowCount) return;
  const reads = Object.entries(read).map(
    ([table, columns]) => `grant select (${columns}) on ${table} to ${verifyRole};`,
  );
  await owner.query(`begin;
    revoke all on all tables in schema public, drizzle from ${verifyRole};
    grant usage on schema public, drizzle to ${verifyRole};
    ${reads.join('\n')}
    grant select on database_identity, drizzle.__drizzle_migrations to ${verifyRole};
    grant select, insert, update on key_usage, usage_total, key_rate to ${verifyRole};
    grant select, insert, update, delete on key_source to ${verifyRole};
    grant update (used_at) on key_last_use to ${verifyRole};
    commit`);
}
