import { Client } from 'pg';
import {
  changeKeyAction,
  deleteKeyAction,
  stopOldKeyAction,
  switchKeyAction,
} from '@/app/(desk)/keys/actions';
import { disableUserAction } from '@/app/(desk)/users/[id]/disable/actions';
import { changeUserAction, deleteUserAction } from '@/app/(desk)/users/actions';
import { pagePool } from '@/db/client';
import type { FormAction } from '@/lib/forms/form-state';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { findLeftOut } from '@/lib/keys/bulk/find-bulk-change';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { changeKey, switchKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { findKey } from '@/lib/keys/find-key';
import { policyOf } from '@/lib/keys/policy/policy-values';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { mayChangeKeysOf } from '@/lib/keys/reserved-scopes';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { send, signInAs } from '../helpers/sign-in';
import { untilLockAwaited } from '../helpers/waiting';
import { attempts, descriptions, limits } from './attempts';

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
});

const kinds = {
  ordinary: ['reports:read', 'reports:list'],
  service: ['keydesk:verify', 'reports:list'],
  'service, in capitals': ['KeyDesk:Verify', 'reports:list'],
};

async function subject(scopes: string[]) {
  const grace = await insertUser('grace');
  const { id: key } = await makeKey(ada, 'grace', { scopes, ...limits });
  return { grace, key, scopes };
}

/** Everything that could be changed, except what the attempts prepare for themselves. */
async function everything() {
  const { rows } = await pagePool().query('select * from api_key order by id');
  const users = await pagePool().query('select * from directory_user order by id');
  return { keys: rows, users: users.rows };
}

const done = /^(changed|regenerated|restored|stopped|deleted|done|has-keys)$/;
const refused = /^(needs-admin|reserved-scopes|service-keys)$/;
const fields = Object.entries(attempts);

describe('an operator', () => {
  it.each(fields)('may give an ordinary key: %s', async (_what, attempt) => {
    expect(await attempt(otto, await subject(kinds.ordinary))).toMatch(done);
  });

  describe.each(['service', 'service, in capitals'] as const)('of a key that is %s', (kind) => {
    const some = kind === 'service' ? fields : fields.slice(0, 3);
    it.each(some)('may not change: %s', async (_what, attempt) => {
      const it = await subject(kinds[kind]);
      const before = await countRows('audit_event', `actor = 'otto'`);
      expect(await attempt(otto, it)).toMatch(refused);
      const events = `actor = 'otto' and action not in ('key.delete')`;
      expect(await countRows('audit_event', events)).toBe(before);
    });
  });

  it.each(Object.entries(descriptions))('may give either kind: %s', async (_what, attempt) => {
    for (const scopes of [kinds.ordinary, kinds.service]) {
      await emptyDatabase();
      await insertPeople();
      expect(await attempt(otto, await subject(scopes))).toBe('changed');
    }
  });

  it('may not turn an ordinary key into a service key, or a service key into an ordinary one', async () => {
    const { key } = await subject(kinds.ordinary);
    const grant = (scopes: string[]) =>
      changeKey(otto, { id: key, name: '', active: true, scopes });
    expect(await grant(kinds.service)).toEqual({ outcome: 'reserved-scopes' });
    await changeKey(ada, { id: key, name: '', active: true, scopes: kinds.service });
    expect(await grant(kinds.ordinary)).toEqual({ outcome: 'reserved-scopes' });
    const made = await createKey(otto, keyRequest('grace', { scopes: kinds.service }));
    expect(made).toEqual({ outcome: 'reserved-scopes' });
  });

  it('changes nothing if one of several fields is refused', async () => {
    const { key } = await subject(kinds.service);
    const before = await everything();
    const wanted = { id: key, name: 'mine', active: true, rateLimit: null };
    expect(await changeKey(otto, wanted)).toEqual({ outcome: 'needs-admin' });
    expect(await everything()).toEqual(before);
  });
});

describe('an admin', () => {
  it.each([...fields, ...Object.entries(descriptions)])(
    'may give a service key: %s',
    async (_what, attempt) => {
      expect(await attempt(ada, await subject(kinds.service))).toMatch(done);
    },
  );
});

it('a viewer may not change a key', async () => {
  const { grace, key, scopes } = await subject(kinds.ordinary);
  for (const [what, attempt] of [...fields, ...Object.entries(descriptions)]) {
    const answer = attempt(vera, { grace, key, scopes }).catch((error: Error) => error.message);
    expect([what, await answer]).toEqual([what, 'This needs the role operator.']);
    await pagePool().query(`delete from directory_user where username = 'linus'`);
  }
});

describe('judged under the lock', () => {
  async function whileLocked(key: string, start: () => Promise<unknown>, then: string) {
    const holder = new Client({ connectionString: process.env.DATABASE_URL });
    await holder.connect();
    await holder.query(`begin; select from api_key where id = '${key}' for update`);
    const started = start();
    await untilLockAwaited();
    await holder.query(`${then}; commit`);
    await holder.end();
    return started;
  }

  it('is the present key: an operator waits, and it becomes a service key', async () => {
    const { key } = await subject(kinds.ordinary);
    const grant = `update api_key set scopes = '{keydesk:verify}' where id = '${key}'`;
    const off = () => switchKey(otto, { id: key, active: false });
    expect(await whileLocked(key, off, grant)).toEqual({ outcome: 'needs-admin' });
  });

  it('is the present role: an admin waits, and becomes an operator', async () => {
    const { key } = await subject(kinds.service);
    const demote = `update directory_user set role = 'operator' where id = '${ada.id}'`;
    const renew = () => regenerateKey(ada, { id: key, version: 1 });
    expect(await whileLocked(key, renew, demote)).toEqual({ outcome: 'needs-admin' });
  });
});

describe('the screens', () => {
  it('say why at the form, and keep what was typed', async () => {
    const { key, grace } = await subject(kinds.service);
    await signInAs(otto);
    const facts = { username: 'grace', displayName: 'Grace', email: '' };
    const forms: [FormAction<unknown>, Record<string, string>][] = [
      [switchKeyAction, { id: key, active: 'no' }],
      [changeKeyAction, { id: key, active: 'yes', name: 'x', expires: '2090-01-01T10:00' }],
      [deleteKeyAction, { id: key }],
      [stopOldKeyAction, { id: key, version: '1' }],
      [changeUserAction, { id: grace, ...facts, active: 'no' }],
      [disableUserAction, { id: grace, keys: '1', keyAction: 'keep' }],
      [deleteUserAction, { id: grace, keys: '1' }],
    ];
    for (const [action, typed] of forms) {
      const state = await send(action, typed);
      expect(state).toMatchObject({
        status: 'failed',
        message: expect.stringMatching(/only an admin/),
      });
      if (action === changeKeyAction) expect(state).toMatchObject({ values: { name: 'x' } });
    }
  });

  it('let an operator rename a service key with the form', async () => {
    const { key } = await subject(kinds.service);
    const found = await findKey(otto, key);
    if (!found) throw new Error('The key is gone.');
    await signInAs(otto);
    const typed = { id: key, active: 'yes', name: 'the gate', ...policyOf(found) };
    expect(await send(changeKeyAction, typed)).toEqual({ status: 'done', data: 'Saved.' });
    expect(await send(changeKeyAction, { ...typed, rateLimit: '' })).toMatchObject({
      status: 'failed',
    });
    expect(await findKey(otto, key)).toEqual({ ...found, name: 'the gate' });
  });

  it('name the keys that a bulk change will skip, before it runs', async () => {
    const { key } = await subject(kinds.service);
    const { id: other } = await makeKey(ada, 'grace');
    const leftOut = async (by: typeof ada) => {
      const input = startBulkInput.parse({ verb: 'deactivate', key: [key, other] });
      const begun = await startBulkChange(by, input);
      return findLeftOut(by, 'id' in begun ? begun.id : '');
    };
    expect(await leftOut(otto)).toMatchObject({ keys: 1, shown: [{ id: key, username: 'grace' }] });
    expect(await leftOut(ada)).toEqual({ keys: 0, shown: [] });
  });

  it('ask an operator nothing about a user with service keys', async () => {
    const { grace } = await subject(kinds.service);
    expect(await mayChangeKeysOf(otto, grace)).toBe(false);
    expect(await mayChangeKeysOf(ada, grace)).toBe(true);
    expect(await mayChangeKeysOf(otto, await insertUser('linus'))).toBe(true);
  });
});
