import 'server-only';
import { eq, type SQL, sql } from 'drizzle-orm';
import { database } from '@/db/client';
import { apiKey } from '@/db/schema/api-key';
import { directoryUser } from '@/db/schema/directory-user';
import { keyLastUse } from '@/db/schema/key-last-use';
import { type Administrator, authorize } from '@/lib/access/administrator';
import { recordEvent } from '@/lib/audit/record-event';
import { csvMoment, csvText } from '@/lib/csv/csv-sql';
import type { CsvParts } from '@/lib/http/csv-file';
import { type Came, exportedRows } from '@/lib/http/exported-rows';
import { wholeOf } from '@/lib/lists/whole';
import type { KeyFilter } from './key-input';
import { findBeginnings, keyList } from './key-list';
import { keyHint, keyStatus } from './key-summary';

/** The keys of the report as CSV; one event says that they were taken. See {@link exportedRows}. */
export function exportKeys(
  administrator: Administrator,
  filter: KeyFilter,
  longestPause?: number,
): CsvParts {
  authorize(administrator, 'viewer');
  return exportedRows({
    personId: administrator.id,
    query: () => rowsOf(filter),
    record: (came) => record(administrator, filter, came),
    longestPause,
  });
}

async function record(
  administrator: Administrator,
  { username, q, status, owner, list }: KeyFilter,
  came: Came,
) {
  const details = {
    ...(owner ? { owner } : {}),
    ...(username ? { username } : {}),
    ...(q ? { q } : {}),
    ...(status ? { status } : {}),
    ...(list ? { list } : {}),
    ...('rows' in came ? { keys: came.rows } : came),
  };
  const target = { type: 'key', id: null, label: 'API keys' } as const;
  await database().transaction((tx) =>
    recordEvent(tx, administrator, 'key.export', target, { details }),
  );
}

async function rowsOf(filter: KeyFilter): Promise<SQL> {
  const status = sql`initcap(${keyStatus})`;
  const found = await wholeOf(keyList(filter, await findBeginnings(filter)));
  return sql`
    select ${csvText(directoryUser.username)} as "Username", ${csvText(apiKey.name)} as "Name",
      ${status} as "Status", ${csvText(keyHint)} as "API Key",
      ${csvText(sql`array_to_string(${apiKey.scopes}, ' ')`)} as "Scopes",
      ${csvMoment(apiKey.createdAt)} as "Created", ${csvMoment(sql`nullif(${keyLastUse.usedAt}, '-infinity')`)} as "Last used",
      ${csvMoment(apiKey.expiresAt)} as "Expires", ${apiKey.id} as "Id"
    from (${found}) ${apiKey} inner join ${directoryUser} on ${eq(directoryUser.id, apiKey.ownerId)}
      inner join ${keyLastUse} on ${eq(keyLastUse.keyId, apiKey.id)}
    order by ${apiKey.createdAt} desc, ${apiKey.id} desc`;
}
