import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * The address of the last call with a dead secret of the row of `api_key`, not before `since`. Empty if the
 * caller reported none, null if unknown. A replaced secret in its overlap is not dead.
 */
export const deadAddress = (since: SQL) => sql`(
  select s.address from key_source s
  where s.key_id = api_key.id and s.last_seen >= ${since}
    and (api_key.deleted_at is not null
      or s.version <> api_key.secret_version and s.version not in (
        select version from former_secret f where f.key_id = api_key.id and f.stops_at > now()))
  order by s.last_seen desc, s.address limit 1)`;
