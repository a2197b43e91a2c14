import { Client } from 'pg';
import { auditListParams } from '@/lib/audit/audit-input';
import { searchEvents } from '@/lib/audit/audit-search';
import type { StartBulkResult } from '@/lib/keys/bulk/start-bulk-change';
import { keyListParams, keySorts, statusFilters } from '@/lib/keys/key-input';
import { searchKeys } from '@/lib/keys/key-search';
import type { Page } from '@/lib/lists/page';
import { userListParams, userSorts } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { shares } from '../bench/desk-names';
import { fillTables } from '../bench/fill-tables';
import { useTestDatabase } from '../helpers/database';
import { insertPeople, vera } from '../helpers/people';

/** The promised size in a full run. Otherwise enough keys that short texts only find prefixes. */
export const isFull = process.env.TESTS === 'full';
const keys = isFull ? 1_000_000 : 60_000;

/** People, keys and events, for a file whose tests only read. */
export function useFilledDatabase(): void {
  useTestDatabase();
  beforeAll(async () => {
    const client = new Client({ connectionString: process.env.DATABASE_URL });
    await client.connect();
    await fillTables(client, keys, () => undefined);
    await insertPeople();
    await client.query(`insert into audit_event (seq, at, actor, action, target_type, target, outcome, address)
    select n, now() - interval '2 years' + n * interval '1 minute', 'admin ' || n % 7,
      (array['key.create', 'key.delete', 'session.sign-in'])[1 + n % 3], 'key', 'user ' || n, 'done', ''
    from generate_series(1, ${keys}) n`);
    await client.query('insert into key_policy (longest_lifetime) values (365)');
    await client.query('vacuum analyze audit_event');
    await client.end();
  }, 600_000);
}

export const { broad, medium } = shares;
const texts = ['', 'l', 'lu', 'lukas.falkström', 'nobody', medium, broad];
const statuses = ['', 'active', 'inactive', 'disabled', 'expired', 'expiring'];
/** A name that a fifth of the keys has, one that none has, one letter, the ends of a secret, and an id. */
const keyTexts = [
  'laptop',
  'no such name',
  'l',
  'abcd',
  'kd_abcd…0123',
  '019a0000-0000-7000-8000-000000000000',
];
export const filters = isFull
  ? [
      ...statuses.flatMap((status) => texts.map((username) => ({ status, username }))),
      ...statusFilters.flatMap((status) => keyTexts.map((q) => ({ status, q }))),
      ...keyTexts.flatMap((q) => [{ q }, { q, username: 'lu' }, { q, username: broad }]),
    ]
  : [
      ...keyTexts.slice(0, 4).map((q) => ({ q })),
      { q: 'laptop', username: 'lu', status: 'expired' },
      {},
      { username: 'lu' },
      { status: 'expired', username: medium },
      { status: 'expiring', username: broad },
      { status: 'disabled' },
    ];

export type Question = [name: string, ask: () => Promise<Page<unknown> | StartBulkResult>];

export const questions: Question[] = [
  ...filters.flatMap((filter) => [
    ...keySorts.map((sort): Question => {
      const raw = { ...filter, sort };
      return [`keys ${JSON.stringify(raw)}`, () => searchKeys(vera, keyListParams.parse(raw))];
    }),
    ...('q' in filter ? [] : userSorts).map((sort): Question => {
      const raw = { ...filter, sort };
      return [`users ${JSON.stringify(raw)}`, () => searchUsers(vera, userListParams.parse(raw))];
    }),
  ]),
  ...[
    {},
    { actor: 'min 3' },
    { actor: 'nobody' },
    { target: 'ser 59999' },
    { target: 'user' },
    { action: 'key.delete', target: 'user 1234' },
    { from: '2025-01-01', to: '2025-01-02' },
    { actor: 'admin', action: 'key.reveal' },
  ].map(
    (raw): Question => [
      `audit ${JSON.stringify(raw)}`,
      () => searchEvents(vera, auditListParams.parse(raw)),
    ],
  ),
];
