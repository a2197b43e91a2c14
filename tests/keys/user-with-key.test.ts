import { randomUUID } from 'node:crypto';
import { createKeyAction } from '@/app/(desk)/keys/new/actions';
import { createKey } from '@/lib/keys/create-key';
import { createUserWithKey } from '@/lib/users/create-user-with-key';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest } from '../helpers/keys';
import { insertPeople, insertUser, otto, vera } from '../helpers/people';
import { send, signInAs } from '../helpers/sign-in';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const usersCalled = (name: string) => countRows('directory_user', `username = '${name}'`);

it('adds the user and the key together, both written down', async () => {
  const made = await createUserWithKey(otto, keyRequest('grace', { name: 'laptop' }));
  if (made.outcome !== 'created') throw new Error(made.outcome);
  expect(await auditOf(made.id)).toEqual(['key.create']);
  expect(await usersCalled('grace')).toBe(1);
  expect(await countRows('audit_event', `action = 'user.create' and target = 'grace'`)).toBe(1);
});

it.each([
  ['a key that would have ended', { expires: new Date(0) }, 'bad-expiry'],
  ['a scope that is not theirs to grant', { scopes: ['keydesk:verify'] }, 'reserved-scopes'],
])('stores nothing at all with %s', async (_what, more, outcome) => {
  const before = await countRows('audit_event');
  expect((await createUserWithKey(otto, keyRequest('grace', more))).outcome).toBe(outcome);
  expect(await usersCalled('grace')).toBe(0);
  expect(await countRows('audit_event')).toBe(before);
});

it('is nothing for a viewer', async () => {
  await expect(createUserWithKey(vera, keyRequest('grace'))).rejects.toThrow('operator');
  expect(await usersCalled('grace')).toBe(0);
});

it('warns of a name that looks like another, which may then be meant', async () => {
  await insertUser('ada.l');
  const lookalike = '\u0430da.l';
  expect(await createUserWithKey(otto, keyRequest(lookalike))).toEqual({
    outcome: 'lookalike',
    username: 'ada.l',
  });
  expect(await countRows('api_key')).toBe(0);
  const meant = await createUserWithKey(otto, { ...keyRequest(lookalike), lookalike });
  expect(meant.outcome).toBe('created');
});

it('makes one user and one key of a form that is sent twice at once, and twice in a row', async () => {
  const request = keyRequest('grace');
  const sent = [1, 2, 3].map(() => createUserWithKey(otto, request));
  const outcomes = (await Promise.all(sent)).map(({ outcome }) => outcome);
  expect(outcomes.sort()).toEqual(['created', 'repeated', 'repeated']);
  expect((await createUserWithKey(otto, request)).outcome).toBe('repeated');
  expect(await usersCalled('grace')).toBe(1);
  expect(await countRows('api_key')).toBe(1);
});

it('leaves no user where the same request has made its key for another one', async () => {
  await insertUser('linus');
  const request = keyRequest('linus');
  const [first] = await Promise.all([
    createKey(otto, request),
    createUserWithKey(otto, { ...request, user: 'grace' }),
  ]);
  expect(await usersCalled('grace')).toBe(first.outcome === 'created' ? 0 : 1);
  expect(await countRows('api_key')).toBe(1);
});

describe('the form', () => {
  const fields = (user: string, more = {}) => ({
    requestId: randomUUID(),
    user,
    active: 'yes',
    ...more,
  });

  it('offers the unknown user by name, and goes on as it was sent', async () => {
    await signInAs(otto);
    const refused = await send(createKeyAction, fields(' grace ', { after: 'new' }));
    expect(refused).toMatchObject({
      fieldErrors: { user: 'User "grace" is not in the database.' },
      values: { addUser: 'grace', afterAdding: 'new' },
    });
    const added = { addUser: 'grace', afterAdding: 'new' };
    expect(await send(createKeyAction, fields('grace', added))).toMatchObject({
      status: 'done',
      data: { username: 'grace', after: 'new' },
    });
  });

  it('adds nobody but the user that was offered', async () => {
    await signInAs(otto);
    const sent = await send(createKeyAction, fields('grade', { addUser: 'grace' }));
    expect(sent).toMatchObject({ values: { addUser: 'grade' } });
    expect(await usersCalled('grade')).toBe(0);
    expect(await usersCalled('grace')).toBe(0);
  });

  it('says both where the key is refused, and offers the user again', async () => {
    await signInAs(otto);
    const wrong = { addUser: 'grace', lifetime: 'date' };
    expect(await send(createKeyAction, fields('grace', wrong))).toMatchObject({
      fieldErrors: { user: 'User "grace" is not in the database.', expires: 'Choose a date.' },
      values: { addUser: 'grace' },
    });
    expect(await usersCalled('grace')).toBe(0);
  });
});
