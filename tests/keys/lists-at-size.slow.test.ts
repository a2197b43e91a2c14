import { pagePool } from '@/db/client';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import {
  keyFilterParams,
  keyListParams,
  keySorts,
  standingLists,
  statusFilters,
} from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import { otto, vera } from '../helpers/people';

import { filters, medium, type Question, useFilledDatabase } from './asked-at-size';
import { statementsWithoutScan } from './plans-at-size';

useFilledDatabase();

/** What is asked about the keys of one user and the lists of the overview, and what a change of all that is found asks. */
async function wholeQuestions(): Promise<Question[]> {
  const { rows } = await pagePool().query<{ owner: string }>(
    `select owner_id as owner from api_key where deleted_at is null
     group by owner_id order by count(*) desc limit 1`,
  );
  const owned = statusFilters.flatMap((status) => [
    { owner: rows[0]?.owner, status },
    { owner: rows[0]?.owner, status, username: 'lu' },
    { owner: rows[0]?.owner, status, q: 'laptop' },
  ]);
  const listed = standingLists.flatMap((list) => [{ list }, { list, username: medium }]);
  const narrowed = [...owned, ...listed];
  return [
    ...narrowed.flatMap((filter) =>
      keySorts.map((sort): Question => {
        const raw = { ...filter, sort };
        return [`keys ${JSON.stringify(raw)}`, () => searchKeys(vera, keyListParams.parse(raw))];
      }),
    ),
    ...[...filters, ...narrowed].map((filter): Question => {
      const asked = { verb: 'delete' as const, all: true, key: [] };
      const input = { ...keyFilterParams.parse(filter), ...asked };
      return [`bulk ${JSON.stringify(filter)}`, () => startBulkChange(otto, input)];
    }),
  ];
}

test('neither lists of one user or of the overview nor changes of all read a whole table', async () => {
  expect(await statementsWithoutScan(await wholeQuestions())).toBeGreaterThan(100);
}, 600_000);
