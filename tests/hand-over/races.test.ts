import { pagePool } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { endHandOver } from '@/lib/keys/hand-over/end-hand-overs';
import { expireHandOvers } from '@/lib/keys/hand-over/expire-hand-overs';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { transferKey } from '@/lib/keys/transfer-key';
import { doChores } from '@/lib/server/housekeeping';
import { changeUser } from '@/lib/users/change-user';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { insertPeople, insertUser, otto } from '../helpers/people';
import { times } from '../helpers/times';
import { collect, linkOf, replacementFor, statusOf, waitingKey } from './helpers';

const rounds = times(200, 6);
const minutes = 120_000;

useTestDatabase();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
  await insertUser('linus');
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

/** What ends a hand-over, and the event that says so. */
const ends: [string, string, (link: { key: string }, at: number) => Promise<unknown>][] = [
  ['transferred', 'key.transfer', ({ key }) => transferKey(otto, { id: key, to: 'linus' })],
  ['regenerated', 'key.regenerate', ({ key }) => regenerateKey(otto, { id: key })],
  ['ended', 'key.end-hand-over', ({ key }) => endHandOver(otto, key)],
  ['switched off', 'key.deactivate', ({ key }) => switchKey(otto, { id: key, active: false })],
  ['handed over anew', 'key.hand-over', ({ key }) => regenerateKey(otto, { id: key, handOver })],
];
const handOver = { term: '1h', withCode: false } as const;

it.each(ends)(
  'a key that is collected and %s meanwhile was collected before, or not at all',
  async (_how, event, end) => {
    for (let round = 0; round < times(40, 4); round++) {
      const link = await waitingKey();
      const [result] = await Promise.all([collect(link), end(link, round)]);
      const events = (await auditOf(link.key)).slice(2);
      const wins = result.outcome === 'collected';
      expect([result.outcome, events.includes('key.collect')]).toEqual([
        ...[wins ? 'collected' : 'over', wins],
      ]);
      const after = events.lastIndexOf(event);
      if (wins && after >= 0) expect(after).toBeGreaterThan(events.indexOf('key.collect'));
      expect((await closed(link.id)).isGone).toBe(true);
      expect(await collect(link)).toMatchObject({ outcome: wins ? 'collected-before' : 'over' });
    }
  },
  minutes,
);

it(
  'a service whose responsible person changes is collected before, or not at all',
  async () => {
    const mary = await insertUser('mary');
    await insertUser('joan');
    const service = await insertUser('billing', { kind: 'service', responsibleId: mary });
    for (let round = 0; round < times(40, 4); round++) {
      const made = await makeKey(otto, 'billing', { handOver });
      const link = { key: made.id, ...linkOf(made.handOver ?? { link: '', code: null }) };
      const next = round % 2 ? 'mary' : 'joan';
      const change = { id: service, username: 'billing', displayName: '', email: '', active: true };
      const [result, changed] = await Promise.all([
        collect(link),
        changeUser(otto, { ...change, kind: 'service', responsible: next }),
      ]);
      expect(changed).toEqual({ outcome: 'changed' });
      expect(['collected', 'over']).toContain(result.outcome);
      expect((await closed(link.id)).isGone).toBe(true);
    }
  },
  minutes,
);

it('the control: reading and writing without the locks gives the key to several', async () => {
  const link = await waitingKey();
  const reads: Promise<{ rows: { state: string }[] }>[] = [];
  const careless = async () => {
    const read = pagePool().query('select state from hand_over where id = $1', [link.id]);
    reads.push(read);
    const { rows } = await read;
    // As they may in a race: all read before one writes.
    await Promise.all(reads);
    if (rows[0]?.state !== 'open') return { outcome: 'collected-before' };
    await pagePool().query(
      `update hand_over set state = 'collected', sealed_secret = null, closed_at = now(),
         collected_from = 'x' where id = $1`,
      [link.id],
    );
    return { outcome: 'collected' };
  };
  expect(collected(await Promise.all(Array.from({ length: 8 }, careless)))).toBeGreaterThan(1);
});
