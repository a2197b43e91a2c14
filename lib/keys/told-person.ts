import 'server-only';
import { sql } from 'drizzle-orm';

/**
 * Who is told about the keys of an owner `o`, as a lateral join: `person.id` and `person.address`. A person is
 * told themselves. For a service it is the responsible person or, if they have no address, the address of the
 * service. No row where nobody can be told.
 */
export const toldPerson = sql`lateral (
  select o.id, o.email as address where o.kind = 'person' and o.email <> ''
  union all
  select coalesce(r.id, o.id), coalesce(r.email, o.email)
  from (select 1) service left join directory_user r on r.id = o.responsible_id and r.email <> ''
  where o.kind = 'service' and coalesce(r.email, o.email) <> '') person`;
