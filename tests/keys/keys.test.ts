import { pagePool } from '@/db/client';
import { ForbiddenError } from '@/lib/access/administrator';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { findDeletedKey, findKey } from '@/lib/keys/find-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { currentPepper } from '@/lib/keys/secret/pepper';
import { isWellFormedSecret, secretMac } from '@/lib/keys/secret/secret';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('Grace Hopper');
  await insertUser('carol', { active: false });
});

async function storedMac(id: string): Promise<Buffer> {
  const { rows } = await pagePool().query('select secret_mac from api_key where id = $1', [id]);
  return rows[0].secret_mac;
}

describe('making a key', () => {
  it('stores the MAC of the secret and returns the secret once', async () => {
    const made = await makeKey(otto, 'Grace Hopper', { name: 'reports' });
    expect(isWellFormedSecret(made.secret)).toBe(true);
    expect(await storedMac(made.id)).toEqual(secretMac(made.secret, currentPepper()));
    const { rows } = await pagePool().query(`select k::text from api_key k where id = $1`, [
      made.id,
    ]);
    expect(rows[0].k).not.toContain(made.secret.slice(8, 40));
    expect(await auditOf(made.id)).toEqual(['key.create']);
  });

  it('ignores case and outer blanks of the user', async () => {
    expect((await makeKey(otto, 'gRACE hOPPER')).username).toBe('Grace Hopper');
  });

  it('is refused for an unknown user, and for a disabled one', async () => {
    const before = await countRows('api_key');
    expect(await createKey(otto, keyRequest('nobody'))).toEqual({ outcome: 'unknown-user' });
    expect(await createKey(otto, keyRequest('Carol'))).toEqual({
      outcome: 'disabled-user',
      username: 'carol',
    });
    expect(await countRows('api_key')).toBe(before);
  });

  it('is refused with an expiry in the past', async () => {
    const expires = new Date(Date.now() - 60_000);
    const result = await createKey(otto, keyRequest('Grace Hopper', { expires }));
    expect(result).toEqual({ outcome: 'bad-expiry', message: 'Choose a time in the future.' });
  });

  it('happens once for a form that is sent twice', async () => {
    const request = keyRequest('Grace Hopper');
    const first = await createKey(otto, request);
    const second = await createKey(otto, request);
    expect(first.outcome).toBe('created');
    expect(second).toEqual({ outcome: 'repeated', id: 'id' in first && first.id });
    expect(await countRows('api_key', `request_id = '${request.requestId}'`)).toBe(1);
  });

  it('is refused to viewers', async () => {
    await expect(createKey(vera, keyRequest('Grace Hopper'))).rejects.toThrow(ForbiddenError);
  });
});

describe('regenerating a key', () => {
  it('replaces the secret and keeps the rest', async () => {
    const made = await makeKey(otto, 'Grace Hopper', { name: 'nightly', active: false });
    const oldMac = await storedMac(made.id);
    const result = await regenerateKey(ada, { id: made.id, version: 1 });
    if (result.outcome !== 'regenerated') throw new Error(result.outcome);
    expect(result.secret).not.toBe(made.secret);
    expect(await storedMac(made.id)).toEqual(secretMac(result.secret, currentPepper()));
    expect(await findKey(vera, made.id)).toMatchObject({
      username: 'Grace Hopper',
      name: 'nightly',
      active: false,
      secretVersion: 2,
    });
    const { rows } = await pagePool().query(
      'select mac, version from former_secret where key_id = $1',
      [made.id],
    );
    expect(rows).toEqual([{ mac: oldMac, version: 1 }]);
    expect(await auditOf(made.id)).toEqual(['key.create', 'key.regenerate']);
  });

  it('changes nothing if another administrator was faster', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    await regenerateKey(ada, { id: made.id, version: 1 });
    const mac = await storedMac(made.id);
    expect(await regenerateKey(otto, { id: made.id, version: 1 })).toEqual({
      outcome: 'changed-meanwhile',
    });
    expect(await storedMac(made.id)).toEqual(mac);
  });

  it('is refused to viewers', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    await expect(regenerateKey(vera, { id: made.id, version: 1 })).rejects.toThrow(ForbiddenError);
  });
});

describe('switching and changing a key', () => {
  it('is audited once, however often it is repeated', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    for (let round = 0; round < 3; round++) await switchKey(otto, { id: made.id, active: false });
    expect((await findKey(vera, made.id))?.status).toBe('inactive');
    await switchKey(otto, { id: made.id, active: true });
    expect((await findKey(vera, made.id))?.status).toBe('active');
    expect(await auditOf(made.id)).toEqual(['key.create', 'key.deactivate', 'key.activate']);
  });

  it('records name and status separately in the audit', async () => {
    const made = await makeKey(otto, 'Grace Hopper', { name: 'old' });
    await changeKey(otto, { id: made.id, name: 'new', active: false });
    expect(await findKey(vera, made.id)).toMatchObject({ name: 'new', active: false });
    expect(await auditOf(made.id)).toEqual(['key.create', 'key.deactivate', 'key.update']);
  });

  it('is refused to viewers', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    await expect(switchKey(vera, { id: made.id, active: false })).rejects.toThrow(ForbiddenError);
    await expect(changeKey(vera, { id: made.id, active: false, name: '' })).rejects.toThrow(
      ForbiddenError,
    );
  });
});

describe('deleting a key', () => {
  it('removes it from the report and keeps its MAC for attribution', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    expect((await deleteKey(otto, made.id)).outcome).toBe('changed');
    expect(await findKey(vera, made.id)).toBeNull();
    expect(await findDeletedKey(vera, made.id)).toMatchObject({ username: 'Grace Hopper' });
    expect(await storedMac(made.id)).toEqual(secretMac(made.secret, currentPepper()));
  });

  it('reports that it is already deleted, and records one event', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    await deleteKey(otto, made.id);
    expect(await deleteKey(ada, made.id)).toEqual({ outcome: 'gone' });
    expect(await auditOf(made.id)).toEqual(['key.create', 'key.delete']);
  });

  it('is refused to viewers', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    await expect(deleteKey(vera, made.id)).rejects.toThrow(ForbiddenError);
  });
});

describe('a change without its audit event', () => {
  it('does not happen', async () => {
    const made = await makeKey(otto, 'Grace Hopper');
    await pagePool().query('alter table audit_event rename to audit_event_away');
    try {
      await expect(deleteKey(otto, made.id)).rejects.toThrow();
      await expect(regenerateKey(otto, { id: made.id, version: 1 })).rejects.toThrow();
      await expect(createKey(otto, keyRequest('Grace Hopper'))).rejects.toThrow();
    } finally {
      await pagePool().query('alter table audit_event_away rename to audit_event');
    }
    expect(await findKey(vera, made.id)).toMatchObject({ secretVersion: 1 });
  });
});
