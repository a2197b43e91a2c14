import 'server-only';
import { type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { csvMoment, csvText } from '@/lib/csv/csv-sql';
import type { CsvParts } from '@/lib/http/csv-file';
import { type Came, exportedRows } from '@/lib/http/exported-rows';
import { isPrefixSearch } from '@/lib/lists/beginning';
import { wholeOf } from '@/lib/lists/whole';
import type { UserFilter } from './user-input';
import { userList } from './user-search';

/** The directory as CSV, filtered as it is shown; one event says that it was taken. See {@link exportedRows}. */
export function exportUsers(administrator: Administrator, filter: UserFilter): CsvParts {
  authorize(administrator, 'viewer');
  return exportedRows({
    personId: administrator.id,
    query: () => rowsOf(filter),
    record: (came) => record(administrator, filter, came),
  });
}

async function record(
  administrator: Administrator,
  { username, status, kind }: UserFilter,
  came: Came,
): Promise<void> {
  const details = {
    ...(username ? { username } : {}),
    ...(status ? { status } : {}),
    ...(kind ? { kind } : {}),
    ...('rows' in came ? { users: came.rows } : came),
  };
  const target = { type: 'user', id: null, label: 'Users' } as const;
  await database().transaction((tx) =>
    recordEvent(tx, administrator, 'user.export', target, { details }),
  );
}

async function rowsOf(filter: UserFilter): Promise<SQL> {
  const found = await wholeOf(userList(filter, await isPrefixSearch(filter.username)));
  return sql`
    select ${csvText(sql`u.username`)} as "Username", ${csvText(sql`u.display_name`)} as "Display name",
      ${csvText(sql`u.email`)} as "Email", case when u.active then 'Active' else 'Disabled' end as "Status",
      coalesce(u.role, '') as "Role",
      (select count(*) from api_key k where k.owner_id = u.id and k.deleted_at is null) as "Keys",
      ${csvMoment(sql`u.created_at`)} as "Created", u.id as "Id",
      case u.kind when 'service' then 'Service' else 'Person' end as "Kind",
      ${csvText(sql`coalesce((
        select r.username from directory_user r where r.id = u.responsible_id), '')`)} as "Responsible"
    from (${found}) u order by u.username_folded collate "C", u.id`;
}
