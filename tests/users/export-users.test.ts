import { parse } from 'csv-parse/sync';
import { GET } from '@/app/(desk)/users/export/route';
import { pagePool } from '@/db/client';
import { useTestDatabase } from '../helpers/database';
import { countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, vera } from '../helpers/people';
import { signInAs, signOutNow } from '../helpers/sign-in';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  const grace = await insertUser('=grace');
  await insertUser('billing', { kind: 'service', responsibleId: grace });
  await insertUser('gone', { active: false, deletedAt: new Date() });
  await makeKey(ada, '=grace');
});

const ask = (query = '', headers: Record<string, string> = { 'sec-fetch-site': 'same-origin' }) =>
  GET(new Request(`http://localhost:3000/users/export${query}`, { headers }));
const rowsOf = async (answer: Response) =>
  parse(await answer.text(), { columns: true, bom: true }) as Record<string, string>[];

test('a viewer gets the directory as it is filtered, and one event says so', async () => {
  await signInAs(vera);
  const answer = await ask();
  expect(answer.headers.get('content-disposition')).toMatch(/filename="keydesk-users-/);
  const rows = await rowsOf(answer);
  expect(rows.map((row) => row.Username)).toEqual(["'=grace", 'ada', 'billing', 'otto', 'vera']);
  expect(rows[0]).toMatchObject({ Status: 'Active', Role: '', Keys: '1' });
  expect(Object.keys(rows[0] ?? {}).join(' ')).not.toMatch(/hash|password/i);
  expect(rows[0]).toMatchObject({ Kind: 'Person', Responsible: '' });
  expect(rows[2]).toMatchObject({ Kind: 'Service', Responsible: "'=grace" });
  expect((await rowsOf(await ask('?username=OTT&status=active'))).length).toBe(1);
  const { rows: events } = await pagePool().query(
    `select actor, details from audit_event where action = 'user.export' order by seq`,
  );
  expect(events).toEqual([
    { actor: 'vera', details: { users: 5 } },
    { actor: 'vera', details: { users: 1, status: 'active', username: 'OTT' } },
  ]);
});

test.each([{ 'sec-fetch-site': 'cross-site' }, {}])(
  'no other site sends anybody here: %j',
  async (headers) => {
    await signInAs(vera);
    expect((await ask('', headers as Record<string, string>)).status).toBe(403);
    expect(await countRows('audit_event', `action = 'user.export'`)).toBe(2);
  },
);

test('nobody gets it without a sign-in, and a text that is too long goes back', async () => {
  await signOutNow();
  expect((await ask()).headers.get('location')).toMatch(/^\/login/);
  await signInAs(vera);
  const long = await ask(`?username=${'x'.repeat(101)}`);
  expect([long.status, long.headers.get('location')]).toEqual([
    303,
    expect.stringMatching(/^\/users/),
  ]);
});
