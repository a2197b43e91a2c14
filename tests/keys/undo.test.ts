import { pagePool } from '@/db/client';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { mayUndoDeletion } from '@/lib/keys/undo';
import { tamper, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});

const undo = { undo: true };

/** All stored columns of a key, so that the test misses none. */
async function stateOf(id: string) {
  const { rows } = await pagePool().query('select * from api_key where id = $1', [id]);
  return rows[0];
}

/** As if it had been deleted or switched this many minutes ago. */
async function past(id: string, minutes: number) {
  await pagePool().query(
    'update api_key set deleted_at = deleted_at - make_interval(mins => $2) where id = $1',
    [id, minutes],
  );
  await tamper(`update audit_event set at = at - interval '${minutes} minutes'
    where target_id = '${id}'`);
}

describe('undoing a deletion', () => {
  it.each([true, false])('puts the key back as it was, active: %s', async (active) => {
    const { id } = await makeKey(otto, 'grace', {
      active,
      name: 'nightly',
      scopes: ['reports:read'],
      expires: new Date('2099-01-02T03:04:00Z'),
      rateLimit: 7,
      metadata: { team: 'a' },
    });
    const before = await stateOf(id);
    await deleteKey(otto, id);
    expect(await mayUndoDeletion(otto, id)).toBe(true);
    expect(await restoreKey(otto, id, undo)).toMatchObject({ outcome: 'restored' });
    // From here on the rule for unused keys counts.
    const revived = { revived_at: expect.any(Date) };
    expect(await stateOf(id)).toEqual({ ...before, ...revived });
    expect(await mayUndoDeletion(otto, id)).toBe(false);
    expect(await auditOf(id)).toEqual(['key.create', 'key.delete', 'key.restore']);
  });

  it('is for the administrator who deleted it, for ten minutes, whatever their role', async () => {
    const { id } = await makeKey(otto, 'grace');
    await deleteKey(otto, id);
    expect(await mayUndoDeletion(ada, id)).toBe(false);
    expect(await restoreKey(ada, id, undo)).toEqual({ outcome: 'undo-over' });
    await expect(restoreKey(vera, id, undo)).rejects.toThrow('operator');
    await past(id, 9);
    expect(await mayUndoDeletion(otto, id)).toBe(true);
    await past(id, 1);
    expect(await mayUndoDeletion(otto, id)).toBe(false);
    expect(await restoreKey(otto, id, undo)).toEqual({ outcome: 'undo-over' });
    expect(await countRows('api_key', `id = '${id}' and deleted_at is not null`)).toBe(1);
    expect(await auditOf(id)).toEqual(['key.create', 'key.delete']);
  });

  it('changes nothing if the key was restored meanwhile, or deleted again by somebody else', async () => {
    const { id } = await makeKey(otto, 'grace');
    await deleteKey(otto, id);
    await restoreKey(ada, id);
    expect(await restoreKey(otto, id, undo)).toEqual({ outcome: 'not-deleted' });
    expect(await stateOf(id)).toMatchObject({ active: false });
    await deleteKey(ada, id);
    expect(await restoreKey(otto, id, undo)).toEqual({ outcome: 'undo-over' });
  });

  it('is refused by both times: that of the row and that of the event', async () => {
    const [row, event] = [await makeKey(otto, 'grace'), await makeKey(otto, 'grace')];
    for (const { id } of [row, event]) await deleteKey(otto, id);
    await pagePool().query(
      `update api_key set deleted_at = now() - interval '11 minutes' where id = $1`,
      [row.id],
    );
    await tamper(`update audit_event set at = at - interval '11 minutes'
      where target_id = '${event.id}'`);
    for (const { id } of [row, event]) {
      expect(await mayUndoDeletion(otto, id)).toBe(false);
      expect(await restoreKey(otto, id, undo)).toEqual({ outcome: 'undo-over' });
    }
  });
});

describe('undoing a switch', () => {
  it.each([true, false])('puts the key back as it was, active: %s', async (active) => {
    const { id } = await makeKey(otto, 'grace', { active });
    await switchKey(otto, { id, active: !active });
    expect((await switchKey(otto, { id, active, undo: true })).outcome).toBe('changed');
    expect(await stateOf(id)).toMatchObject({ active });
    // A second request changes nothing.
    expect((await switchKey(otto, { id, active, undo: true })).outcome).toBe('changed');
    expect((await auditOf(id)).length).toBe(3);
  });

  it('is for the administrator who switched it, for ten minutes', async () => {
    const { id } = await makeKey(otto, 'grace');
    await switchKey(otto, { id, active: false });
    const back = { id, active: true, undo: true };
    expect(await switchKey(ada, back)).toEqual({ outcome: 'changed-meanwhile' });
    await past(id, 9);
    const { id: other } = await makeKey(otto, 'grace');
    await switchKey(otto, { id: other, active: false });
    await past(other, 10);
    expect(await switchKey(otto, { ...back, id: other })).toEqual({ outcome: 'undo-over' });
    expect((await switchKey(otto, back)).outcome).toBe('changed');
    expect(await stateOf(other)).toMatchObject({ active: false });
  });

  it('changes nothing if somebody else changed the key meanwhile in any way', async () => {
    const { id } = await makeKey(otto, 'grace');
    const back = { id, active: true, undo: true };
    await switchKey(otto, { id, active: false });
    await switchKey(ada, { id, active: true });
    await switchKey(ada, { id, active: false });
    expect(await switchKey(otto, back)).toEqual({ outcome: 'changed-meanwhile' });
    await switchKey(otto, { id, active: true });
    await switchKey(otto, { id, active: false });
    await changeKey(ada, { id, active: false, name: 'compromised' });
    expect(await switchKey(otto, back)).toEqual({ outcome: 'changed-meanwhile' });
    expect(await stateOf(id)).toMatchObject({ active: false, name: 'compromised' });
  });

  it('does not let an operator switch a service key', async () => {
    const { id } = await makeKey(ada, 'grace', { scopes: ['keydesk:verify'] });
    expect(await switchKey(otto, { id, active: false })).toEqual({ outcome: 'needs-admin' });
    await switchKey(ada, { id, active: false });
    const undone = await switchKey(otto, { id, active: true, undo: true });
    expect(undone.outcome).not.toBe('changed');
    expect(await stateOf(id)).toMatchObject({ active: false });
  });
});
