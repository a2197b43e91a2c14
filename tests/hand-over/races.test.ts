import { pagePool } from '@/db/client';
import { deleteKey } from '@/lib/keys/change-key';
import { expireHandOvers } from '@/lib/keys/hand-over/expire-hand-overs';
import { doChores } from '@/lib/server/housekeeping';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto } from '../helpers/people';
import { times } from '../helpers/times';
import { collect, replacementFor, statusOf, waitingKey } from './helpers';

const rounds = times(200, 12);
const minutes = 120_000;

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
});

const collected = (results: { outcome: string }[]) =>
  results.filter(({ outcome }) => outcome === 'collected').length;
const closed = async (id: string) => {
  const { rows } = await pagePool().query(
    'select state, sealed_secret is null as "isGone" from hand_over where id = $1',
    [id],
  );
  return rows[0];
};

describe(`one winner, ${rounds} times`, () => {
  it(
    'of many who collect one key',
    async () => {
      for (let round = 0; round < rounds; round++) {
        const { id } = await makeKey(otto, 'grace');
        const link = round % 2 ? await waitingKey() : await replacementFor(id);
        const results = await Promise.all(Array.from({ length: 8 }, () => collect(link)));
        expect(collected(results)).toBe(1);
        expect(results.filter(({ outcome }) => outcome === 'collected-before').length).toBe(7);
      }
    },
    minutes,
  );

  it(
    'of a collection and a deletion',
    async () => {
      let won = 0;
      for (let round = 0; round < rounds; round++) {
        const link = await waitingKey();
        const before = round % 2 ? [deleteKey(otto, link.key)] : [];
        const [result] = await Promise.all([collect(link), ...before, deleteKey(otto, link.key)]);
        won += collected([result]);
        if (result.outcome !== 'collected') expect(result).toEqual({ outcome: 'over' });
        expect(await closed(link.id)).toEqual({
          ...{ state: result.outcome === 'collected' ? 'collected' : 'ended', isGone: true },
        });
        const events = await auditOf(link.key);
        expect(events.at(-1)).toBe('key.delete');
        expect(events.includes('key.collect')).toBe(result.outcome === 'collected');
      }
      expect(won).toBeLessThanOrEqual(rounds);
    },
    minutes,
  );

  it(
    'of a collection and the end of the term',
    async () => {
      for (let round = 0; round < rounds; round++) {
        const link = await waitingKey();
        const soon = `update hand_over set expires_at = clock_timestamp() + interval '3 ms' where id = $1`;
        await pagePool().query(soon, [link.id]);
        const [result] = await Promise.all([collect(link), doChores({ expireHandOvers })]);
        await doChores({ expireHandOvers });
        const wins = result.outcome === 'collected';
        if (!wins) {
          await pagePool().query('select pg_sleep(0.004)');
          await doChores({ expireHandOvers });
        }
        expect(await closed(link.id)).toEqual({
          state: wins ? 'collected' : 'expired',
          isGone: true,
        });
        expect((await statusOf(link.key)).active).toBe(wins);
        const told = `target_id = '${link.key}' and action in ('key.collect', 'key.hand-over-expired')`;
        expect(await countRows('audit_event', told)).toBe(1);
      }
    },
    minutes,
  );
});

it('the control: reading and writing without the locks gives the key to several', async () => {
  const link = await waitingKey();
  const careless = async () => {
    const { rows } = await pagePool().query('select state from hand_over where id = $1', [link.id]);
    if (rows[0].state !== 'open') return { outcome: 'collected-before' };
    await pagePool().query(
      `update hand_over set state = 'collected', sealed_secret = null, closed_at = now(),
         collected_from = 'x' where id = $1`,
      [link.id],
    );
    return { outcome: 'collected' };
  };
  expect(collected(await Promise.all(Array.from({ length: 8 }, careless)))).toBeGreaterThan(1);
});
