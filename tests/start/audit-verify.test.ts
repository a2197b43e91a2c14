import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { database } from '@/db/client';
import { recordEvents, systemActor } from '@/lib/audit/record-event';
import { useTestDatabase } from '../helpers/database';
import { insertOldEvent } from '../helpers/old-event';
import { admin } from './admin-command';

jest.setTimeout(120_000);
useTestDatabase();

const three = ['ada', 'otto', 'vera'].map((label) => ({ type: 'user', id: null, label }) as const);

async function tamper(statement: string) {
  const client = new Client({ connectionString: process.env.DATABASE_URL ?? '' });
  await client.connect();
  await client
    .query(`alter table audit_event disable trigger all; ${statement};
      alter table audit_event enable always trigger audit_event_append_only`)
    .finally(() => client.end());
}

it('reports an unchanged audit, then the bad event, then what the anchor shows', async () => {
  await database().transaction((tx) => recordEvents(tx, systemActor, 'user.create', three));
  const good = await admin(['audit', 'verify']);
  expect(good.code).toBe(0);
  expect(good.said).toMatch(
    /^3 events, all unchanged since they were written\.\nHead: 3:[0-9a-f]{64}$/,
  );
  const anchor = /3:\w+/.exec(good.said)?.[0] ?? '';

  const otherKey = await admin(['audit', 'verify'], {
    AUDIT_KEY: randomBytes(32).toString('base64'),
  });
  expect(otherKey).toMatchObject({ code: 1, said: expect.stringMatching(/^Event 1 is bad/) });

  await tamper(`update audit_event set target = 'mallory' where seq = 2`);
  expect(await admin(['audit', 'verify'])).toEqual({
    code: 1,
    said: 'Event 2 is bad: it was changed, moved or added by someone without the key.',
  });
  await tamper('delete from audit_event where seq >= 2');
  expect((await admin(['audit', 'verify'])).code).toBe(0);
  expect(await admin(['audit', 'verify', '--anchor', anchor])).toEqual({
    code: 1,
    said: 'Events 2 to 3 are missing: the anchor counts more events than there are.',
  });
});

it('moves old events into a file, and reads both as one', async () => {
  await tamper('delete from audit_event');
  await insertOldEvent();
  await database().transaction((tx) => recordEvents(tx, systemActor, 'user.create', three));
  const path = join(mkdtempSync(join(tmpdir(), 'archive-')), 'audit.ndjson');
  const moved = await admin(['audit', 'archive', '--before', '2021-01-01', '--to', path]);
  expect(moved).toEqual({
    code: 0,
    said: expect.stringMatching(
      /^Events 1 to 1 are in \S+, and no longer in the database\.\nSHA-256: [0-9a-f]{64}\nLast link: 1:/,
    ),
  });
  expect((await admin(['audit', 'verify'])).said).toMatch(
    /^Events through 1 are archived and were not read\.\n4 events, all unchanged/,
  );
  expect((await admin(['audit', 'verify', '--archive', path])).said).toMatch(/^5 events, all/);
  expect((await admin(['audit', 'archive', '--before', '2021-01-01', '--to', path])).said).toMatch(
    /is there already/,
  );
  expect((await admin(['audit', 'verify', '--archive', 'package.json'])).said).toMatch(
    /^--archive takes a whole file/,
  );
});
