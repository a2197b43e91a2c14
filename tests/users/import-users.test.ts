import { pagePool } from '@/db/client';
import type { UserLine } from '@/db/schema/user-import';
import { listEventsOf } from '@/lib/audit/audit-search';
import { findImport, importUsers } from '@/lib/users/import/import-users';
import { parseUserCsv } from '@/lib/users/import/parse-user-csv';
import { findProgress, findVerdicts, stageImport } from '@/lib/users/import/stage-import';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { untilLockAwaited } from '../helpers/waiting';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

function csv(...names: string[]): UserLine[] {
  const parsed = parseUserCsv(new TextEncoder().encode(`username\n${names.join('\n')}\n`));
  if ('problem' in parsed) throw new Error(parsed.problem);
  return parsed.lines;
}

const many = (count: number) => csv(...Array.from({ length: count }, (_, i) => `person-${i}`));

async function countUsers(): Promise<number> {
  const { rows } = await pagePool().query('select count(*)::int as users from directory_user');
  return rows[0].users;
}

test('the check reports the result of each line, and adds nobody', async () => {
  const id = await stageImport(otto, csv('grace', 'ADA', 'Grace', 'x\u202ey', 'linus'));
  const verdicts = await findVerdicts(otto, id);
  expect(verdicts?.map(({ line, problem }) => [line, problem])).toEqual([
    [2, null],
    [3, 'Already exists as "ada".'],
    [4, 'Duplicate of line 2.'],
    [5, 'username: Use printable characters only.'],
    [6, null],
  ]);
  expect(await countUsers()).toBe(3);
});

test('with one wrong line, nobody is imported', async () => {
  const id = await stageImport(otto, csv('grace', 'ada'));
  expect(await importUsers(otto, id)).toEqual({ outcome: 'has-errors' });
  expect(await countUsers()).toBe(3);
  expect(await findImport(otto, id)).toBeNull();
});

test('one event says of a file whom it added', async () => {
  const id = await stageImport(otto, csv('grace', 'linus'));
  await importUsers(otto, id);
  expect(await listEventsOf(vera, id)).toMatchObject([
    { action: 'user.import', details: { users: 2, names: ['grace', 'linus'] } },
  ]);
  expect(await countRows('audit_event', `action = 'user.create'`)).toBe(0);
});

test('very many are imported with an event for each, and one for the whole', async () => {
  const id = await stageImport(otto, many(2_500));
  expect(await importUsers(otto, id)).toEqual({ outcome: 'imported' });
  expect(await countUsers()).toBe(2_503);
  expect(await findImport(vera, id)).toEqual({ users: 2_500 });
  expect(await listEventsOf(vera, id)).toMatchObject([{ action: 'user.import', actor: 'otto' }]);
  const { rows } = await pagePool().query(
    `select count(*)::int as events from audit_event where action = 'user.create'`,
  );
  expect(rows[0].events).toBe(2_500);
  expect(await findProgress(otto, id)).toBeNull();
});

test('a name taken between check and import rolls everybody back', async () => {
  const id = await stageImport(otto, many(2_500));
  // Taken by a transaction that commits only after the import's check, so that the index decides.
  const other = await pagePool().connect();
  await other.query('begin');
  await other.query(
    `insert into directory_user (id, username) values (gen_random_uuid(), 'PERSON-2400')`,
  );
  const importing = importUsers(otto, id);
  await untilLockAwaited();
  await other.query('commit');
  other.release();
  expect(await importing).toEqual({ outcome: 'has-errors' });
  expect(await countUsers()).toBe(4);
  const verdicts = await findVerdicts(otto, id);
  expect(verdicts?.filter(({ problem }) => problem)).toMatchObject([
    { username: 'person-2400', problem: 'Already exists as "PERSON-2400".' },
  ]);
});

test('sent five times at once, it imports once', async () => {
  const id = await stageImport(otto, many(300));
  const all = await Promise.all(Array.from({ length: 5 }, () => importUsers(otto, id)));
  expect(all.map(({ outcome }) => outcome)).toContain('imported');
  expect(await countUsers()).toBe(303);
  expect(await importUsers(otto, id)).toEqual({ outcome: 'imported' });
  expect(await countUsers()).toBe(303);
});

test('progress is seen while the import is under way', async () => {
  const id = await stageImport(otto, many(3_000));
  const seen = new Set<number>();
  let over = false;
  const importing = importUsers(otto, id).finally(() => {
    over = true;
  });
  while (!over) {
    const progress = await findProgress(otto, id);
    if (progress) seen.add(progress.done);
  }
  await importing;
  expect([...seen].some((done) => done > 0 && done < 3_000)).toBe(true);
});

test('a check is visible only to its administrator, for an hour, and replaced by the next', async () => {
  const id = await stageImport(otto, csv('grace'));
  expect(await findVerdicts(ada, id)).toBeNull();
  expect(await importUsers(ada, id)).toEqual({ outcome: 'gone' });
  await stageImport(ada, csv('linus'));
  expect(await findVerdicts(otto, id)).toHaveLength(1);
  await pagePool().query(`update user_import set created_at = now() - interval '61 minutes'`);
  expect(await importUsers(otto, id)).toEqual({ outcome: 'gone' });
  await stageImport(otto, csv('linus'));
  const { rowCount } = await pagePool().query('select from user_import');
  expect(rowCount).toBe(1);
});

test('the name of a deleted user is free', async () => {
  await insertUser('grace', { active: false, deletedAt: new Date() });
  const id = await stageImport(otto, csv('grace'));
  expect(await importUsers(otto, id)).toEqual({ outcome: 'imported' });
});

test('a viewer can neither check nor import', async () => {
  await expect(stageImport(vera, csv('x'))).rejects.toThrow('role operator');
  const id = await stageImport(otto, csv('x'));
  await expect(findVerdicts(vera, id)).rejects.toThrow('role operator');
  await expect(importUsers(vera, id)).rejects.toThrow('role operator');
  await expect(findProgress(vera, id)).rejects.toThrow('role operator');
});
