import { database, pagePool } from '@/db/client';
import { auditListParams } from '@/lib/audit/audit-input';
import { searchEvents } from '@/lib/audit/audit-search';
import { recordEvent } from '@/lib/audit/record-event';
import { deleteKey } from '@/lib/keys/change-key';
import { emptyDatabase, tamper, useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { wholePage } from '../helpers/whole-page';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const search = (raw: Record<string, unknown>) =>
  wholePage(searchEvents(vera, auditListParams.parse(raw)));
const targets = async (raw: Record<string, unknown>) =>
  (await search(raw)).rows.map((event) => event.target);

async function note(label: string, by = ada, id: string | null = null) {
  await database().transaction((tx) =>
    recordEvent(tx, by, 'user.create', { type: 'user', id, label }),
  );
}

test('events are listed newest first', async () => {
  await note('first');
  await note('second');
  expect(await targets({})).toEqual(['second', 'first']);
});

test('actor and target are found by a part, ignoring case, with literal wildcards', async () => {
  await note('Grace 100%');
  await note('linus', otto);
  expect(await targets({ actor: 'OTT' })).toEqual(['linus']);
  expect(await targets({ target: 'grACE' })).toEqual(['Grace 100%']);
  expect(await targets({ target: '0%' })).toEqual(['Grace 100%']);
  expect(await targets({ target: '_' })).toEqual([]);
  expect(await targets({ actor: 'ada', target: 'linus' })).toEqual([]);
});

test('an action narrows the list', async () => {
  await note('grace');
  expect(await targets({ action: 'user.create' })).toEqual(['grace']);
  expect(await targets({ action: 'user.delete' })).toEqual([]);
});

test('days are whole days in UTC, the last one included', async () => {
  await note('late');
  await tamper(`update audit_event set at = '2026-03-31T23:59:59.9Z'`);
  expect(await targets({ from: '2026-03-31', to: '2026-03-31' })).toEqual(['late']);
  expect(await targets({ from: '2026-04-01' })).toEqual([]);
  expect(await targets({ to: '2026-03-30' })).toEqual([]);
});

test('25 a page, and a page beyond the end is the last', async () => {
  for (let i = 0; i < 26; i += 1) await note(`event ${i}`);
  expect((await search({})).rows).toHaveLength(25);
  expect(await search({ page: '99' })).toMatchObject({ page: 2, total: 26 });
});

test('the events of exactly one user’s keys are found, deleted keys among them', async () => {
  const [priya, other] = [await insertUser('priya'), await insertUser('priya.n')];
  const [kept, gone] = [await makeKey(ada, 'priya'), await makeKey(ada, 'priya')];
  const foreign = await makeKey(ada, 'priya.n');
  await deleteKey(ada, gone.id);
  await note('priya', ada, priya);
  const ids = async (raw: Record<string, unknown>) =>
    (await search(raw)).rows.map(({ targetId }) => targetId);
  expect(await ids({ owner: priya })).toEqual([gone.id, gone.id, kept.id]);
  expect(await ids({ owner: priya, action: 'key.delete' })).toEqual([gone.id]);
  expect(await ids({ owner: other })).toEqual([foreign.id]);
  // A contains search finds both users.
  expect(await ids({ target: 'priya' })).toContain(foreign.id);
  expect(await ids({ owner: 'priya' })).toHaveLength(5);
});

test('a deleted record has no link', async () => {
  const id = await insertUser('grace');
  await note('grace', ada, id);
  expect((await search({})).rows[0]).toMatchObject({ targetExists: true });
  await pagePool().query(
    `update directory_user set deleted_at = now(), active = false where id = $1`,
    [id],
  );
  expect((await search({})).rows[0]).toMatchObject({ targetExists: false });
});

test.each([
  '-1',
  'abc',
  '\0',
  'x'.repeat(500),
  ['a', 'b'],
  '',
  '2026-02-31',
  '0000-01-01',
  '9999-99-99',
])('every parameter may be %j', async (bad) => {
  for (const name of ['actor', 'action', 'target', 'from', 'to', 'page']) {
    await expect(search({ [name]: bad })).resolves.toBeDefined();
  }
});

test('users of the directory are found in any spelling of their names', async () => {
  const found = { ΝΙΚΟΣΘΕΝΗΣ: 'νικος', İSTANBUL: 'istan', ＷＩＤＥ: 'wid', Straße: 'STRASS' };
  for (const name of Object.keys(found)) {
    await insertUser(name);
    await note(name);
  }
  for (const [name, part] of Object.entries(found)) {
    expect([part, await targets({ target: part })]).toEqual([part, [name]]);
  }
  expect(await targets({ actor: 'νικος' })).toEqual([]);
  expect(await targets({ target: 'νικοθ' })).toEqual([]);
});
