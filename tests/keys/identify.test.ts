import { createHash } from 'node:crypto';
import { pagePool } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { freeLookups } from '@/lib/keys/failed-lookup-limiter';
import { identifyKey } from '@/lib/keys/identify-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { importedMac } from '@/lib/keys/secret/imported-secret';
import { mintSecret } from '@/lib/keys/secret/secret';
import { settings } from '@/lib/settings/settings';
import { useTestDatabase } from '../helpers/database';
import { makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});

describe('a whole key', () => {
  it('is found with its owner and its status', async () => {
    const { id, secret } = await makeKey(otto, 'grace', { name: 'nightly' });
    const key = { id, username: 'grace', name: 'nightly', status: 'active', deleted: false };
    expect(await identifyKey(vera, secret)).toMatchObject({ outcome: 'found', current: true, key });
    await switchKey(otto, { id, active: false });
    expect(await identifyKey(vera, secret)).toMatchObject({ key: { ...key, status: 'inactive' } });
  });

  it('is found after it was replaced or deleted', async () => {
    const { id, secret } = await makeKey(otto, 'grace');
    await regenerateKey(otto, { id, version: 1 });
    expect(await identifyKey(vera, secret)).toMatchObject({ current: false, key: { id } });
    await deleteKey(otto, id);
    expect(await identifyKey(vera, secret)).toMatchObject({ key: { id, deleted: true } });
  });

  it('is found if it was imported', async () => {
    const { id } = await makeKey(otto, 'grace');
    const secret = 'sk_live_of_another_program';
    const [pepper] = settings().KEY_PEPPER;
    const sha256 = createHash('sha256').update(secret).digest('hex');
    await pagePool().query('update api_key set secret_mac = $2 where id = $1', [
      id,
      pepper && importedMac(sha256, pepper),
    ]);
    expect(await identifyKey(vera, secret)).toMatchObject({ outcome: 'found', key: { id } });
  });

  it('that is unknown is audited without the key, and there is a wait after thirty in a minute', async () => {
    const { secret } = await makeKey(otto, 'grace');
    const missed = mintSecret('kd');
    expect(await identifyKey(ada, missed)).toEqual({ outcome: 'unknown' });
    const { rows } = await pagePool().query(
      `select e::text as row, actor, outcome, target from audit_event e where action = 'key.identify'`,
    );
    expect(rows).toMatchObject([{ actor: 'ada', outcome: 'refused', target: 'unknown' }]);
    expect(rows[0].row).not.toContain(missed.slice(4, 20));
    for (let miss = 1; miss < freeLookups; miss++) await identifyKey(ada, mintSecret('kd'));
    expect(await identifyKey(ada, mintSecret('kd'))).toMatchObject({ outcome: 'wait' });
    expect(await identifyKey(ada, secret)).toMatchObject({ outcome: 'wait' });
    expect(await identifyKey(vera, secret)).toMatchObject({ outcome: 'found' });
  });

  it('is mistyped or unknown otherwise', async () => {
    const { secret } = await makeKey(otto, 'grace');
    const wrong = secret.slice(0, -1) + (secret.endsWith('0') ? '1' : '0');
    expect(await identifyKey(vera, wrong)).toEqual({ outcome: 'mistyped' });
    expect(await identifyKey(vera, mintSecret('kd'))).toEqual({ outcome: 'unknown' });
    expect(await identifyKey(vera, 'short')).toEqual({ outcome: 'unknown' });
  });
});
