import { v7 as uuidv7 } from 'uuid';
import { database, pagePool } from '@/db/client';
import { ForbiddenError } from '@/lib/access/administrator';
import { listEventsOf } from '@/lib/audit/audit-search';
import { systemActor } from '@/lib/audit/record-event';
import { setAdministratorActive } from '@/lib/auth/change-administrator';
import { setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { changeUser } from '@/lib/users/change-user';
import { createUser } from '@/lib/users/create-user';
import { createUserWithKey } from '@/lib/users/create-user-with-key';
import { deleteUser } from '@/lib/users/delete-user';
import { disableUser } from '@/lib/users/disable-user';
import { findUser } from '@/lib/users/find-user';
import { importNow } from '@/lib/users/import/import-now';
import { parseUserCsv } from '@/lib/users/import/parse-user-csv';
import { listUsers } from '@/lib/users/list-users';
import { listServicesOf } from '@/lib/users/responsible';
import { userListParams } from '@/lib/users/user-input';
import { searchUsers } from '@/lib/users/user-search';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { untilLockAwaited } from '../helpers/waiting';

let grace: string;
let heidi: string;

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  grace = await insertUser('grace');
  heidi = await insertUser('heidi');
});

const sql = (text: string, values: unknown[] = []) => pagePool().query(text, values);
const facts = { displayName: '', email: '', active: true };

async function addService(username: string, responsible = '') {
  const id = uuidv7();
  const result = await createUser(otto, { id, username, ...facts, kind: 'service', responsible });
  return { id, result };
}
const service = async (username: string, responsible = '') => {
  const { id, result } = await addService(username, responsible);
  expect(result).toEqual({ outcome: 'created' });
  return id;
};
const change = async (id: string, more: Parameters<typeof changeUser>[1] | object) => {
  const user = await findUser(ada, id);
  const { username = '', displayName = '', email = '', active = true } = user ?? {};
  return changeUser(otto, { id, username, displayName, email, active, ...more });
};
const responsibleOf = async (id: string) => (await findUser(ada, id))?.responsible;
const demand = (responsibleRequired: boolean) =>
  setKeyPolicy(
    ada,
    keyPolicyInput.parse(responsibleRequired ? { responsibleRequired: 'yes' } : {}),
  );
const lastEvent = async (id: string) => (await listEventsOf(ada, id))[0];
const stateOf = async (key: string) =>
  (await sql('select state from hand_over where key_id = $1', [key])).rows[0]?.state;
const disable = (id: string, more: object = {}) =>
  disableUser(otto, { id, keys: 0, keyAction: 'keep', to: '', ...more });

describe('a service', () => {
  it('is added with the person who answers for it, and audited', async () => {
    const id = await service('billing', ' GRACE ');
    expect(await findUser(ada, id)).toMatchObject({ kind: 'service', responsible: 'grace' });
    expect((await lastEvent(id))?.details).toEqual({ kind: 'service', responsible: 'grace' });
    const { named, total } = await listServicesOf(vera, grace);
    expect([named, total]).toEqual([[{ id, username: 'billing' }], 1]);
  });

  it('has no such person unless somebody names an active person', async () => {
    await insertUser('gone', { active: false });
    await service('crm');
    const refused = async (name: string) => (await addService('billing', name)).result;
    const because = (word: string, username: string) => ({
      ...{ outcome: 'bad-responsible', because: word, username },
    });
    expect(await refused('nobody')).toEqual(because('unknown', 'nobody'));
    expect(await refused('gone')).toEqual(because('disabled', 'gone'));
    expect(await refused('crm')).toEqual(because('service', 'crm'));
    const { rows } = await sql(`select 1 from directory_user where username = 'billing'`);
    expect(rows).toEqual([]);
  });

  it('becomes one and a person again, with both changes in the audit', async () => {
    expect(await change(heidi, { kind: 'service', responsible: 'grace' })).toEqual({
      outcome: 'changed',
    });
    expect((await lastEvent(heidi))?.details).toEqual({
      ...{ kind: { from: 'person', to: 'service' }, responsible: { from: null, to: 'grace' } },
    });
    expect(await change(heidi, { displayName: 'Heidi' })).toEqual({ outcome: 'changed' });
    expect(await findUser(ada, heidi)).toMatchObject({ kind: 'service', responsible: 'grace' });
    expect(await change(heidi, { kind: 'person', responsible: 'grace' })).toEqual({
      outcome: 'changed',
    });
    expect(await findUser(ada, heidi)).toMatchObject({ kind: 'person', responsible: null });
    expect((await lastEvent(heidi))?.details).toEqual({
      ...{ kind: { from: 'service', to: 'person' }, responsible: { from: 'grace', to: null } },
    });
  });

  it('needs somebody where the policy says so, unless it has nobody already', async () => {
    const old = await service('old');
    await demand(true);
    expect((await addService('billing')).result).toEqual({ outcome: 'needs-responsible' });
    expect(await change(heidi, { kind: 'service' })).toEqual({ outcome: 'needs-responsible' });
    expect(await change(old, { displayName: 'Old' })).toEqual({ outcome: 'changed' });
    expect(await change(old, { kind: 'service', responsible: '' })).toEqual({ outcome: 'changed' });
    const billing = await service('billing', 'grace');
    expect(await change(billing, { responsible: '' })).toEqual({ outcome: 'needs-responsible' });
    expect(await responsibleOf(billing)).toBe('grace');
  });

  it('cannot answer for others, so a responsible person stays a person', async () => {
    await service('billing', 'grace');
    expect(await change(grace, { kind: 'service' })).toEqual({
      ...{ outcome: 'is-responsible', services: 1 },
    });
    expect(await change(heidi, { kind: 'service', responsible: 'heidi' })).toMatchObject({
      because: 'oneself',
    });
  });

  it('is found by its kind', async () => {
    await service('billing');
    const found = async (kind: string) => {
      const params = userListParams.parse({ kind });
      return (await searchUsers(vera, params)).rows.map(({ username }) => username);
    };
    expect(await found('service')).toEqual(['billing']);
    expect(await found('person')).toEqual(['ada', 'grace', 'heidi', 'otto', 'vera']);
    expect(await found('robot')).toHaveLength(6);
  });

  it('is found by the name of the person who answers for it, a page or the whole list', async () => {
    await pagePool().query(
      `update directory_user set display_name = 'Grace Hopper', email = 'rear@example.org'
       where username = 'grace'`,
    );
    await service('billing', 'grace');
    await service('crm');
    for (const text of ['grace', 'HOPPER', 'rear@', 'billing']) {
      const found = await searchUsers(vera, userListParams.parse({ username: text }));
      const names = found.rows.map(({ username }) => username);
      expect(names).toEqual(text === 'billing' ? ['billing'] : ['billing', 'grace']);
    }
    const kind = userListParams.parse({ username: 'hopper', kind: 'service' });
    expect((await searchUsers(vera, kind)).rows).toMatchObject([{ username: 'billing' }]);
    const asked = { limit: 9, cursor: '', count: true };
    const listed = await listUsers(vera, {
      ...userListParams.parse({ username: 'hopper' }),
      ...asked,
    });
    expect(listed).toMatchObject({ rows: [{ username: 'billing' }, { username: 'grace' }] });
  });

  it('is not made by a first key for an unknown user', async () => {
    await createUserWithKey(otto, keyRequest('ivan'));
    const { rows } = await sql(`select kind from directory_user where username = 'ivan'`);
    expect(rows).toEqual([{ kind: 'person' }]);
  });

  it('is changed by operators only', async () => {
    const input = { id: heidi, username: 'heidi', ...facts, kind: 'service' as const };
    await expect(changeUser(vera, input)).rejects.toThrow(ForbiddenError);
  });
});

describe('the database', () => {
  it('refuses a responsible who is no active person, whoever writes', async () => {
    const crm = await insertUser('crm', { kind: 'service' });
    const gone = await insertUser('gone', { active: false });
    const set = (id: string, responsible: string) =>
      sql('update directory_user set responsible_id = $2 where id = $1', [id, responsible]);
    await expect(set(crm, gone)).rejects.toThrow('active person');
    await expect(set(crm, crm)).rejects.toThrow();
    await expect(set(grace, heidi)).rejects.toThrow('directory_user_responsible');
    await set(crm, grace);
    await sql('update directory_user set active = false where id = $1', [grace]);
    expect(await responsibleOf(crm)).toBeNull();
  });

  it('lets nobody be named while they are being disabled', async () => {
    const client = await pagePool().connect();
    try {
      await client.query('begin');
      await client.query('update directory_user set active = false where id = $1', [grace]);
      const adding = addService('billing', 'grace');
      await untilLockAwaited();
      await client.query('commit');
      expect((await adding).result).toMatchObject({ because: 'disabled' });
    } finally {
      client.release();
    }
  });
});

describe('a responsible person who leaves', () => {
  it('is not disabled by a form that does not ask who takes over', async () => {
    await service('billing', 'grace');
    expect(await change(grace, { active: false })).toEqual({
      outcome: 'has-services',
      services: 1,
    });
    expect(await disable(grace, { services: 0 })).toEqual({
      ...{ outcome: 'services-changed', services: 1 },
    });
    await service('crm', 'vera');
    expect(await setAdministratorActive(ada, { id: vera.id, active: false })).toEqual({
      outcome: 'has-keys',
    });
    expect((await findUser(ada, grace))?.active).toBe(true);
  });

  it('gives their services to whoever takes over, each with an event', async () => {
    const ids = [await service('billing', 'grace'), await service('crm', 'grace')];
    await makeKey(ada, 'grace');
    const result = await disable(grace, { keys: 1, services: 2, responsible: 'heidi' });
    expect(result).toMatchObject({ outcome: 'done', services: 2 });
    for (const id of ids) {
      expect(await responsibleOf(id)).toBe('heidi');
      expect(await lastEvent(id)).toMatchObject({
        ...{ action: 'user.update', actor: 'otto' },
        details: { responsible: { from: 'grace', to: 'heidi' } },
      });
    }
    expect((await lastEvent(grace))?.details).toMatchObject({ services: 2, keyAction: 'keep' });
  });

  it.each([
    ['by leaving', () => disable(grace, { services: 1, responsible: 'heidi' })],
    ['by being deleted', () => deleteUser(otto, { id: grace, keys: 0 })],
    ['by a change of the service', (id: string) => change(id, { responsible: 'heidi' })],
    ['as it becomes a person', (id: string) => change(id, { kind: 'person', responsible: '' })],
  ])('leaves no link behind that still opens: %s', async (_how, leave) => {
    const id = await service('billing', 'grace');
    const handOver = { term: '1h', withCode: false } as const;
    const [billing, other] = [
      await makeKey(otto, 'billing', { handOver }),
      await makeKey(otto, 'heidi', { handOver }),
    ];
    expect(await change(id, { displayName: 'Billing' })).toEqual({ outcome: 'changed' });
    expect(await stateOf(billing.id)).toBe('open');
    await leave(id);
    expect([await stateOf(billing.id), await stateOf(other.id)]).toEqual(['ended', 'open']);
    expect(await auditOf(billing.id)).toEqual([
      ...['key.create', 'key.hand-over', 'key.end-hand-over'],
    ]);
  });

  it('is refused a successor who is no active person', async () => {
    await service('billing', 'grace');
    const to = (responsible: string) => disable(grace, { services: 1, responsible });
    expect(await to('grace')).toMatchObject({ because: 'oneself' });
    expect(await to('billing')).toMatchObject({ because: 'service' });
    expect(await to('nobody')).toMatchObject({ because: 'unknown' });
    expect((await findUser(ada, grace))?.active).toBe(true);
  });

  it('leaves services alone only where the policy allows it', async () => {
    const id = await service('billing', 'grace');
    await demand(true);
    expect(await disable(grace, { services: 1 })).toEqual({ outcome: 'needs-responsible' });
    expect(await deleteUser(otto, { id: grace, keys: 0, services: 1 })).toEqual({
      outcome: 'needs-responsible',
    });
    expect(await auditOf(grace)).toEqual([]);
    await demand(false);
    expect(await disable(grace, { services: 1 })).toMatchObject({ outcome: 'done' });
    expect(await responsibleOf(id)).toBeNull();
    expect((await lastEvent(id))?.details).toEqual({ responsible: { from: 'grace', to: null } });
  });

  it('is deleted with the same decision', async () => {
    const id = await service('billing', 'grace');
    const input = { id: grace, keys: 0, services: 1, responsible: 'heidi' };
    expect(await deleteUser(otto, { ...input, services: 0 })).toEqual({
      ...{ outcome: 'services-changed', services: 1 },
    });
    expect(await deleteUser(otto, input)).toEqual({ outcome: 'deleted' });
    expect(await responsibleOf(id)).toBe('heidi');
  });
});

describe('an import', () => {
  const lines = (text: string) => {
    const parsed = parseUserCsv(new TextEncoder().encode(text));
    if ('problem' in parsed) throw new Error(parsed.problem);
    return parsed.lines;
  };
  const run = async (text: string) => {
    const verdicts = await importNow(systemActor, lines(text), false, async () => undefined);
    return verdicts.map(({ problem }) => problem);
  };

  it('adds services and those who answer for them, in any order', async () => {
    const text = `username,kind,responsible
billing,service,ivan
ivan,,
crm,Service,grace
old,service,`;
    expect(await run(text)).toEqual([null, null, null, null]);
    const { rows } = await database().execute(
      `select s.username, r.username as responsible from directory_user s
       left join directory_user r on r.id = s.responsible_id
       where s.kind = 'service' order by 1` as never,
    );
    expect(rows).toEqual([
      { username: 'billing', responsible: 'ivan' },
      { username: 'crm', responsible: 'grace' },
      { username: 'old', responsible: null },
    ]);
  });

  it('takes files without these columns as before', async () => {
    expect(await run('username,active\nivan,yes')).toEqual([null]);
  });

  it('says of each line what is wrong, and adds nobody', async () => {
    await insertUser('gone', { active: false });
    await demand(true);
    const text = `username,kind,responsible,active
a,robot,,
b,person,grace,
c,service,nobody,
d,service,gone,
e,service,f,
f,service,grace,
g,service,,
h,service,i,
i,,,no`;
    expect(await run(text)).toEqual([
      'kind: Write person or service.',
      'responsible: Only a service has a responsible person.',
      'responsible: User "nobody" is neither in the database nor in the file.',
      'responsible: User "gone" is disabled.',
      'responsible: User "f" is a service.',
      null,
      'responsible: Services need a responsible person here.',
      'responsible: User "i" is disabled.',
      null,
    ]);
    expect(await findUser(ada, grace)).not.toBeNull();
    const { rows } = await sql(`select 1 from directory_user where username = 'f'`);
    expect(rows).toEqual([]);
  });
});
