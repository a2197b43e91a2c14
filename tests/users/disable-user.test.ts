import { pagePool } from '@/db/client';
import type { Administrator } from '@/lib/access/administrator';
import { listEventsOf } from '@/lib/audit/audit-search';
import { setAdministratorActive } from '@/lib/auth/change-administrator';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { revealKey } from '@/lib/keys/reveal-key';
import { changeUser } from '@/lib/users/change-user';
import { disableUser } from '@/lib/users/disable-user';
import { disableUserInput, type KeyAction } from '@/lib/users/disable-user-input';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { testSettings, useSettings } from '../helpers/settings';
import { times } from '../helpers/times';

let grace: string;

useTestDatabase();
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  grace = await insertUser('grace');
});

const disable = (
  keyAction: KeyAction,
  { by = otto as Administrator, keys = 2, to = '', id = grace } = {},
) => disableUser(by, { id, keys, keyAction, to });

const twoKeys = async () => [await makeKey(ada, 'grace'), await makeKey(ada, 'grace')] as const;
const isActive = async (id: string) =>
  (await pagePool().query('select active from directory_user where id = $1', [id])).rows[0].active;
const keysOf = (id: string, more = 'true') =>
  countRows('api_key', `owner_id = '${id}' and deleted_at is null and ${more}`);
const lastEvent = async (id: string) => (await listEventsOf(ada, id))[0];
const reveal = (id: string) =>
  revealKey(ada, { id, reason: 'to see', requestId: crypto.randomUUID() });

describe('disabling a user with keys', () => {
  it("is not done by the user's form, which saves the rest and asks", async () => {
    await twoKeys();
    const facts = { username: 'grace h', displayName: '', email: '', active: false };
    expect(await changeUser(otto, { id: grace, ...facts })).toEqual({ outcome: 'has-keys' });
    expect(await isActive(grace)).toBe(true);
    expect(await auditOf(grace)).toEqual(['user.update']);
  });

  it("is not done by the administrators' form", async () => {
    await makeKey(ada, 'vera');
    const result = await setAdministratorActive(ada, { id: vera.id, active: false });
    expect(result).toEqual({ outcome: 'has-keys' });
    expect(await isActive(vera.id)).toBe(true);
  });

  it('can keep them', async () => {
    await twoKeys();
    expect(await disable('keep')).toMatchObject({ outcome: 'done', keys: 2 });
    expect(await isActive(grace)).toBe(false);
    expect(await keysOf(grace, 'active')).toBe(2);
    expect(await lastEvent(grace)).toMatchObject({
      action: 'user.disable',
      details: { keys: 2, keyAction: 'keep' },
    });
  });

  it('can switch them off, with one event for each', async () => {
    const [one, off] = await twoKeys();
    await pagePool().query('update api_key set active = false where id = $1', [off.id]);
    await disable('deactivate');
    expect(await keysOf(grace, 'not active')).toBe(2);
    expect(await auditOf(one.id)).toEqual(['key.create', 'key.deactivate']);
    expect(await auditOf(off.id)).toEqual(['key.create']);
  });

  it('can delete them', async () => {
    const [one] = await twoKeys();
    await disable('delete');
    expect(await keysOf(grace)).toBe(0);
    expect(await auditOf(one.id)).toEqual(['key.create', 'key.delete']);
  });

  it('can transfer them to another user, with working secrets and reveals', async () => {
    const newOwner = await insertUser('Linus');
    const one = await makeKey(ada, 'grace', { revealable: true });
    await makeKey(ada, 'grace');
    expect(await reveal(one.id)).toMatchObject({ outcome: 'revealed' });
    expect(await disable('transfer', { to: 'linus' })).toMatchObject({
      outcome: 'done',
      unsealed: 0,
    });
    expect(await keysOf(newOwner, 'active')).toBe(2);
    expect(await reveal(one.id)).toEqual({
      outcome: 'revealed',
      username: 'Linus',
      secret: one.secret,
    });
    const events = await listEventsOf(ada, one.id);
    expect(events.find(({ action }) => action === 'key.transfer')).toMatchObject({
      details: { owner: { from: 'grace', to: 'Linus' } },
    });
  });

  it('is done completely or not at all', async () => {
    await twoKeys();
    await pagePool().query('alter table audit_event rename to audit_event_away');
    await expect(disable('delete')).rejects.toThrow();
    await pagePool().query('alter table audit_event_away rename to audit_event');
    expect(await isActive(grace)).toBe(true);
    expect(await keysOf(grace)).toBe(2);
  });

  it('signs them out, and asks again while keys are left', async () => {
    await twoKeys();
    await disable('keep');
    expect(await disable('delete')).toMatchObject({ outcome: 'done', keys: 2 });
    expect(await keysOf(grace)).toBe(0);
    expect(await auditOf(grace)).toEqual(['user.disable']);
  });
});

describe('transferring', () => {
  it('control: an unchanged envelope does not open for the new owner', async () => {
    const newOwner = await insertUser('linus');
    const { id } = await makeKey(ada, 'grace', { revealable: true });
    await pagePool().query('update api_key set owner_id = $1', [newOwner]);
    expect(await reveal(id)).toEqual({ outcome: 'damaged' });
  });

  it('ends reveal with a message if the secret cannot be opened', async () => {
    await insertUser('linus');
    const lost = await makeKey(ada, 'grace', { revealable: true });
    const kept = await makeKey(ada, 'grace', { revealable: true });
    await pagePool().query(
      `update sealed_secret set ciphertext = decode(repeat('00', 80), 'hex') where key_id = $1`,
      [lost.id],
    );
    expect(await disable('transfer', { to: 'linus' })).toMatchObject({ unsealed: 1 });
    expect(await countRows('sealed_secret', `key_id = '${lost.id}'`)).toBe(0);
    expect(await lastEvent(lost.id)).toMatchObject({
      details: { revealable: { from: 'yes', to: 'no' } },
    });
    expect(await reveal(kept.id)).toMatchObject({ outcome: 'revealed', secret: kept.secret });
  });

  it('seals under the newest key-encryption key', async () => {
    await insertUser('linus');
    const { id, secret } = await makeKey(ada, 'grace', { revealable: true });
    const older = testSettings.KEY_ENCRYPTION_KEY;
    const both = `2:ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=,${older}`;
    useSettings({ KEY_ENCRYPTION_KEY: both });
    await disable('transfer', { to: 'linus', keys: 1 });
    expect(await countRows('sealed_secret', 'kek_version = 2')).toBe(1);
    expect(await reveal(id)).toMatchObject({ secret });
    useSettings();
  });

  it.each([
    ['nobody', { outcome: 'unknown-user' }],
    ['GRACE', { outcome: 'same-user' }],
    ['gone', { outcome: 'disabled-user', username: 'gone' }],
  ])('to %s is refused, and nothing is changed', async (to, refusal) => {
    await insertUser('gone', { active: false });
    await twoKeys();
    expect(await disable('transfer', { to })).toEqual(refusal);
    expect(await isActive(grace)).toBe(true);
    expect(await keysOf(grace)).toBe(2);
  });

  it('respects the number of keys for each user', async () => {
    await insertUser('linus');
    await makeKey(ada, 'linus');
    await twoKeys();
    await pagePool().query('insert into key_policy (most_keys_per_user) values (2)');
    expect(await disable('transfer', { to: 'linus' })).toEqual({
      outcome: 'too-many-keys',
      username: 'linus',
      most: 2,
    });
  });

  it('of service keys is only for admins', async () => {
    await insertUser('linus');
    await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
    const to = 'linus';
    expect(await disable('transfer', { to, keys: 1 })).toEqual({ outcome: 'service-keys' });
    expect(await disable('transfer', { to, keys: 1, by: ada })).toMatchObject({ outcome: 'done' });
  });

  it('needs a name in the form, and only there', () => {
    const form = { id: grace, keys: '1', to: '' };
    const issues = disableUserInput.safeParse({ ...form, keyAction: 'transfer' }).error?.issues;
    expect(issues?.[0]).toMatchObject({ path: ['to'], message: 'Enter a username.' });
    expect(disableUserInput.safeParse({ ...form, keyAction: 'keep' }).success).toBe(true);
  });
});

describe('refused', () => {
  it('are viewers, operators who disable administrators, and the last admin', async () => {
    await expect(disable('keep', { by: vera })).rejects.toThrow('role operator');
    expect(await disable('keep', { id: vera.id, keys: 0 })).toMatchObject({
      because: 'needs-admin',
    });
    expect(await disable('keep', { by: ada, id: ada.id, keys: 0 })).toMatchObject({
      because: 'last-admin',
    });
  });

  it('is a decision about other keys than exist', async () => {
    await twoKeys();
    expect(await disable('delete', { keys: 1 })).toEqual({ outcome: 'keys-changed', keys: 2 });
    expect(await keysOf(grace)).toBe(2);
    expect(await isActive(grace)).toBe(true);
  });
});

describe('at the same moment', () => {
  it('a key is made and its owner disabled: no active key is left without a decision', async () => {
    for (let round = 0; round < times(20, 5); round++) {
      const id = await insertUser(`leaving-${round}`);
      const [made, left] = await Promise.allSettled([
        makeKey(ada, `leaving-${round}`),
        disable('deactivate', { id, keys: 0 }),
      ]);
      const outcome = left.status === 'fulfilled' ? left.value.outcome : 'failed';
      expect(outcome).toBe(made.status === 'fulfilled' ? 'keys-changed' : 'done');
      expect(await isActive(id)).toBe(made.status === 'fulfilled');
    }
  });

  it('two administrators decide: one decision is carried out', async () => {
    for (let round = 0; round < times(10, 3); round++) {
      await insertUser(`newOwner-${round}`);
      const id = await insertUser(`shared-${round}`);
      const { id: key } = await makeKey(ada, `shared-${round}`);
      const results = await Promise.all([
        disable('delete', { id, keys: 1 }),
        disable('transfer', { id, keys: 1, by: ada, to: `newOwner-${round}` }),
      ]);
      const outcomes = results.map(({ outcome }) => outcome).sort();
      expect(outcomes).toEqual(['done', 'keys-changed']);
      expect((await auditOf(key)).length).toBe(2);
      expect(await auditOf(id)).toEqual(['user.disable']);
    }
  });

  it("two users get each other's keys: one transfer is done, one is refused, and none hangs", async () => {
    for (let round = 0; round < times(10, 3); round++) {
      const names = [`castor-${round}`, `pollux-${round}`] as const;
      const ids = [await insertUser(names[0]), await insertUser(names[1])] as const;
      for (const name of names) await makeKey(ada, name);
      const results = await Promise.all([
        disable('transfer', { id: ids[0], keys: 1, to: names[1] }),
        disable('transfer', { id: ids[1], keys: 1, to: names[0] }),
      ]);
      expect(results.filter(({ outcome }) => outcome === 'done')).toHaveLength(1);
      expect((await isActive(ids[0])) !== (await isActive(ids[1]))).toBe(true);
    }
  });

  it('a key is regenerated and transferred: its envelope opens', async () => {
    for (let round = 0; round < times(8, 3); round++) {
      await insertUser(`next-${round}`);
      const id = await insertUser(`rotating-${round}`);
      const key = await makeKey(ada, `rotating-${round}`, { revealable: true });
      await Promise.all([
        regenerateKey(ada, { id: key.id, version: 1 }),
        disable('transfer', { id, keys: 1, to: `next-${round}` }),
      ]);
      expect((await reveal(key.id)).outcome).toBe('revealed');
    }
  });
});
