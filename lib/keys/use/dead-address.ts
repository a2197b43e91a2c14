import 'server-only';
import { type SQL, sql } from 'drizzle-orm';

/**
 * From where the last call came with a secret of the row of `api_key` that is dead, if not before
 * `since`: empty where the caller told none, null where it is not known. A replaced secret that works
 * on for a while is not dead.
 */
export const deadAddress = (since: SQL) => sql`(
  select s.address from key_source s
  where s.key_id = api_key.id and s.last_seen >= ${since}
    and (api_key.deleted_at is not null
      or s.version <> api_key.secret_version and s.version not in (
        select version from former_secret f where f.key_id = api_key.id and f.stops_at > now()))
  order by s.last_seen desc, s.address limit 1)`;
