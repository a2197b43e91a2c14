import 'server-only';
import { sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { log } from '@/lib/log/log';
import { settings } from '@/lib/settings/settings';

/** What an operator is told who requires a standby that commits wait for. */
export const noStandby =
  'REQUIRE_STANDBY is true, but commits wait for no standby: see synchronous_standby_names.';

/**
 * Whether a standby is required, but a commit would not wait until one has it on its disk. Looks at the values of the
 * server, because connections for pages have one of their own.
 */
export async function lacksStandby(): Promise<boolean> {
  if (!settings().REQUIRE_STANDBY) return false;
  const { rows } = await database().execute<{ waits: boolean }>(sql`
    select bool_and(case name when 'synchronous_commit' then reset_val in ('on', 'remote_apply')
      else setting <> '' end) as waits
    from pg_settings where name in ('synchronous_commit', 'synchronous_standby_names')`);
  return rows[0]?.waits !== true;
}

/** Warns in the log. Changes go on, because an operator may have taken a broken standby off the list on purpose. */
export async function warnWithoutStandby(): Promise<void> {
  if (await lacksStandby()) log.warn('commits wait for no standby');
}
