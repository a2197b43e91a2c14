import 'server-only';
import type { Client } from 'pg';
import { DatabaseUnfitError } from './database-unfit';
import { PrimaryClient } from './primary-client';

/**
 * Grants the application's role exactly what it needs and revokes everything else: to read and change rows,
 * but only to read and add audit events. The owner of the tables runs it after each migration.
 */
export async function grantApplication(owner: Client, applicationUrl?: string): Promise<void> {
  const { user = '', database = '' } = new PrimaryClient({ connectionString: applicationUrl });
  const { rows } = await owner.query<{ isSelf: boolean; sameDatabase: boolean }>(
    `select $1 = current_user as "isSelf", $2 = current_database() as "sameDatabase"`,
    [user, database],
  );
  if (rows[0]?.isSelf) {
    throw new DatabaseUnfitError(
      'DATABASE_URL and MIGRATE_DATABASE_URL must name different users.',
    );
  }
  if (!rows[0]?.sameDatabase) {
    throw new DatabaseUnfitError('DATABASE_URL and MIGRATE_DATABASE_URL must name one database.');
  }
  const role = owner.escapeIdentifier(user);
  await owner.query(`begin;
    revoke all on all tables in schema public, drizzle from ${role};
    grant usage on schema public, drizzle to ${role};
    grant select, insert, update, delete on all tables in schema public to ${role};
    revoke update, delete on audit_event from ${role};
    grant usage, select on all sequences in schema public to ${role};
    grant select on all tables in schema drizzle to ${role};
    commit`);
}

/** The owner of the table, a role that may become the owner, and a superuser have every right on it. */
const audited = `
  select has_table_privilege('audit_event', 'update, delete, truncate, trigger') as change,
    pg_has_role(relowner, 'member') as own,
    has_schema_privilege('public', 'create') or has_schema_privilege('drizzle', 'create') as define
  from pg_class where oid = 'audit_event'::regclass`;

/**
 * Checks on a connection of the application that it cannot change the audit.
 *
 * @throws DatabaseUnfitError if it can
 */
export async function requireNoOwner(applicationUrl?: string): Promise<void> {
  const client = new PrimaryClient({
    connectionString: applicationUrl,
    connectionTimeoutMillis: 5_000,
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const { rows } = await client.query<Record<string, boolean>>(audited);
    if (rows[0]?.own || rows[0]?.change) {
      throw new DatabaseUnfitError(
        'The user in DATABASE_URL can change audit events: it must be no superuser, and neither own the tables nor belong to the role that does.',
      );
    }
    if (rows[0]?.define) {
      throw new DatabaseUnfitError(
        'The user in DATABASE_URL can make tables: revoke create on schema public from it and from public.',
      );
    }
  } finally {
    await client.end();
  }
}
