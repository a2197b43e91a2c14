import { pagePool } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto } from '../helpers/people';
import { times } from '../helpers/times';

const rounds = times(200, 6);
const parallel = 10;

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});

const atOnce = <Result>(count: number, run: (index: number) => Promise<Result>) =>
  Promise.all(Array.from({ length: count }, (_, index) => run(index)));

const tally = (results: Array<{ outcome: string }>, outcome: string) =>
  results.filter((result) => result.outcome === outcome).length;

describe(`${parallel} at once, ${rounds} times`, () => {
  it('one form sent many times makes one key', async () => {
    for (let round = 0; round < rounds; round++) {
      const request = keyRequest('grace');
      const results = await atOnce(parallel, () => createKey(otto, request));
      expect(tally(results, 'created')).toBe(1);
      expect(tally(results, 'repeated')).toBe(parallel - 1);
      expect(await countRows('api_key', `request_id = '${request.requestId}'`)).toBe(1);
    }
  }, 120_000);

  it('one of several regenerates of a key wins, and the others are told', async () => {
    const { id } = await makeKey(otto, 'grace');
    for (let version = 1; version <= rounds; version++) {
      const results = await atOnce(parallel, (index) =>
        regenerateKey(index % 2 ? ada : otto, { id, version }),
      );
      expect(tally(results, 'regenerated')).toBe(1);
      expect(tally(results, 'changed-meanwhile')).toBe(parallel - 1);
    }
    expect(await countRows('former_secret', `key_id = '${id}'`)).toBe(rounds);
    expect((await auditOf(id)).length).toBe(rounds + 1);
  }, 120_000);

  it('a key that is deleted while others work on it stays deleted', async () => {
    for (let round = 0; round < rounds; round++) {
      const { id } = await makeKey(otto, 'grace');
      await atOnce<{ outcome: string }>(parallel, (index) => {
        if (index === round % parallel) return deleteKey(ada, id);
        if (index % 2) return regenerateKey(otto, { id, version: 1 });
        return switchKey(otto, { id, active: index % 4 === 0 });
      });
      expect(await countRows('api_key', `id = '${id}' and deleted_at is null`)).toBe(0);
      expect((await auditOf(id)).at(-1)).toBe('key.delete');
    }
  }, 120_000);
});

describe('the control', () => {
  it('read, compare and write without the lock lets several win', async () => {
    const { id } = await makeKey(otto, 'grace');
    const careless = async () => {
      const { rows } = await pagePool().query('select secret_version from api_key where id = $1', [
        id,
      ]);
      if (rows[0].secret_version !== 1) return { outcome: 'changed-meanwhile' };
      await pagePool().query('update api_key set secret_version = 2 where id = $1', [id]);
      return { outcome: 'regenerated' };
    };
    expect(tally(await atOnce(parallel, careless), 'regenerated')).toBeGreaterThan(1);
  });
});
