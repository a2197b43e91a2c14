import { pagePool } from '@/db/client';
import { startBulkInput } from '@/lib/keys/bulk/bulk-input';
import { findBulkChange } from '@/lib/keys/bulk/find-bulk-change';
import { startBulkChange } from '@/lib/keys/bulk/start-bulk-change';
import { stepBulkChange } from '@/lib/keys/bulk/step-bulk-change';
import { changeKey, deleteKey, switchKey } from '@/lib/keys/change-key';
import { createKey } from '@/lib/keys/create-key';
import { findKey } from '@/lib/keys/find-key';
import { endHandOver } from '@/lib/keys/hand-over/end-hand-overs';
import { expireHandOvers } from '@/lib/keys/hand-over/expire-hand-overs';
import { findLinkState } from '@/lib/keys/hand-over/find-hand-over';
import { proofOf } from '@/lib/keys/hand-over/seal';
import { stopCollected } from '@/lib/keys/hand-over/stop-collected';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { transferKey } from '@/lib/keys/transfer-key';
import { findKeyList } from '@/lib/overview/key-lists';
import { doChores } from '@/lib/server/housekeeping';
import { disableUser } from '@/lib/users/disable-user';
import { useTestDatabase } from '../helpers/database';
import { auditOf, countRows, keyRequest, makeKey } from '../helpers/keys';
import { ada, insertPeople, insertUser, otto, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import {
  collect,
  type Link,
  letExpire,
  replacementFor,
  secretOf,
  statusOf,
  waitingKey,
} from './helpers';
import { useVerification, verdictOf } from './verdicts';

useTestDatabase();
useVerification();
beforeAll(async () => {
  await insertPeople();
  await insertUser('grace');
  await insertUser('linus');
});

const shownStatus = async (id: string) => (await findKey(vera, id))?.status;
const seals = () => countRows('hand_over', 'sealed_secret is not null');

describe('a new key that is handed over', () => {
  it('waits switched off, works once it is collected, and is collected once', async () => {
    const link = await waitingKey();
    expect(await shownStatus(link.key)).toBe('waiting');
    const before = await seals();
    const secret = await secretOf(link);
    expect(await verdictOf(secret)).toBe('VALID');
    expect(await shownStatus(link.key)).toBe('active');
    expect(await seals()).toBe(before - 1);
    expect(await collect(link)).toMatchObject({
      ...{ outcome: 'collected-before', from: '203.0.113.9', mayStop: true },
    });
    expect(await auditOf(link.key)).toEqual(['key.create', 'key.hand-over', 'key.collect']);
  });

  it('is refused to callers as inactive until then', async () => {
    const link = await waitingKey();
    const secret = await openedEarly(link);
    expect(await verdictOf(secret)).toBe('INACTIVE');
    await collect(link);
    expect(await verdictOf(secret)).toBe('VALID');
  });

  it('stays switched off after its collection if it was made so', async () => {
    const link = await waitingKey({}, { active: false });
    expect(await collect(link)).toMatchObject({ outcome: 'collected', active: false });
    expect(await shownStatus(link.key)).toBe('inactive');
  });

  it('cannot be revealable, because then others could see it', async () => {
    const handOver = { term: '1h', withCode: false } as const;
    const request = keyRequest('grace', { revealable: true, handOver });
    expect(await createKey(otto, request)).toEqual({ outcome: 'not-revealable' });
  });

  it('cannot be switched on by hand, one by one or with many', async () => {
    const { key } = await waitingKey();
    expect(await switchKey(otto, { id: key, active: true })).toEqual({ outcome: 'waiting' });
    const change = { id: key, name: '', active: true };
    expect(await changeKey(otto, change)).toEqual({ outcome: 'waiting' });
    const bulk = await inBulk(key, 'activate');
    expect(bulk?.skipped).toMatchObject([{ id: key, outcome: 'waiting' }]);
    expect(await shownStatus(key)).toBe('waiting');
  });

  it('goes on waiting when its name is changed', async () => {
    const { key } = await waitingKey();
    expect(await changeKey(otto, { id: key, name: 'new' })).toMatchObject({ outcome: 'changed' });
    expect(await shownStatus(key)).toBe('waiting');
  });
});

describe('a hand-over ends, and its link with it,', () => {
  const ends: [string, (key: string) => Promise<unknown>][] = [
    ['when somebody ends it', (key) => endHandOver(otto, key)],
    ['when the key is switched off', (key) => switchKey(otto, { id: key, active: false })],
    ['when many keys are switched off', (key) => inBulk(key, 'deactivate')],
    ['when the key is deleted', (key) => deleteKey(otto, key)],
    ['when the key is transferred', (key) => transferKey(otto, { id: key, to: 'linus' })],
    ['when the key gets another secret', (key) => regenerateKey(otto, { id: key, version: 1 })],
    ['when another link is made', (key) => replacementFor(key)],
  ];
  it.each(ends)('%s', async (_when, end) => {
    const link = await waitingKey();
    await end(link.key);
    expect(await collect(link)).toEqual({ outcome: 'over' });
    expect(await findLinkState(link.id)).toEqual({ state: 'over' });
    expect(await countRows('hand_over', `id = '${link.id}' and sealed_secret is not null`)).toBe(0);
    expect((await statusOf(link.key)).active).toBe(false);
  });

  it('and not when a deleted key comes back', async () => {
    const link = await waitingKey();
    await deleteKey(otto, link.key);
    await restoreKey(otto, link.key, { undo: true });
    expect(await shownStatus(link.key)).toBe('inactive');
    expect(await collect(link)).toEqual({ outcome: 'over' });
    expect(await switchKey(otto, { id: link.key, active: true })).toMatchObject({
      outcome: 'changed',
    });
  });

  it('when its user leaves with all keys switched off; kept keys wait until they are back', async () => {
    const id = await insertUser('mary');
    const handOver = { term: '1h', withCode: false } as const;
    const made = await makeKey(otto, 'mary', { handOver });
    const [, handOverId = '', fragment = ''] =
      /collect\/(.+)#(.+)/.exec(made.handOver?.link ?? '') ?? [];
    const link = { id: handOverId, fragment, code: null };
    const leave = { id, keys: 1, to: '' };
    await disableUser(otto, { ...leave, keyAction: 'keep' });
    expect(await collect(link)).toEqual({ outcome: 'owner-disabled' });
    await disableUser(otto, { ...leave, keyAction: 'deactivate' });
    expect(await collect(link)).toEqual({ outcome: 'over' });
    expect(await auditOf(made.id)).toContain('key.end-hand-over');
  });
});

describe('a new secret that is handed over', () => {
  it('is in place only from its collection on; the old one works until then', async () => {
    const { id, secret: old } = await makeKey(otto, 'grace');
    const link = await replacementFor(id);
    expect(link.waits).toBe(false);
    expect([await verdictOf(old), await shownStatus(id)]).toEqual(['VALID', 'active']);
    const secret = await secretOf(link);
    expect([await verdictOf(secret), await verdictOf(old)]).toEqual(['VALID', 'NOT_FOUND']);
    expect((await statusOf(id)).version).toBe(2);
  });

  it('gives the old one its overlap from the collection on', async () => {
    const { id, secret: old } = await makeKey(otto, 'grace');
    const secret = await secretOf(await replacementFor(id, 1, { stops: '1h' }));
    expect([await verdictOf(secret), await verdictOf(old)]).toEqual(['VALID', 'VALID']);
  });

  it('switches no key on', async () => {
    const { id } = await makeKey(otto, 'grace', { active: false });
    const secret = await secretOf(await replacementFor(id));
    expect(await verdictOf(secret)).toBe('INACTIVE');
  });

  it('cannot be revealed, although the one before could', async () => {
    const { id } = await makeKey(otto, 'grace', { revealable: true });
    await collect(await replacementFor(id));
    expect((await findKey(vera, id))?.revealable).toBe(false);
  });

  it('of a key that nobody collected makes it wait again', async () => {
    const first = await waitingKey();
    const second = await replacementFor(first.key);
    expect(second.waits).toBe(true);
    expect(await shownStatus(first.key)).toBe('waiting');
    expect(await verdictOf(await secretOf(second))).toBe('VALID');
  });
});

describe('a link', () => {
  it('is not used up by a wrong proof, however often', async () => {
    const link = await waitingKey({ withCode: true });
    const other = await waitingKey();
    for (let tries = 0; tries < 10; tries++) {
      const wrong = { ...link, fragment: other.fragment };
      expect(await collect(wrong)).toEqual({ outcome: 'wrong-link' });
    }
    expect(await collect(link)).toMatchObject({ outcome: 'collected' });
  });

  it('ends with the fifth wrong code', async () => {
    const link = await waitingKey({ withCode: true });
    const wrong = link.code === '123456' ? '654321' : '123456';
    expect(await collect(link, '')).toEqual({ outcome: 'code-needed' });
    for (const left of [4, 3, 2, 1, 0]) {
      expect(await collect(link, wrong)).toEqual({ outcome: 'wrong-code', left });
    }
    expect(await collect(link)).toEqual({ outcome: 'over' });
    expect((await statusOf(link.key)).active).toBe(false);
    expect(
      await countRows('audit_event', `target_id = '${link.key}' and outcome = 'refused'`),
    ).toBe(5);
  });

  it('takes the code as it is told, with blanks', async () => {
    const link = await waitingKey({ withCode: true });
    const told = `${link.code?.slice(0, 3)} ${link.code?.slice(3)}`;
    expect(await collect(link, told)).toMatchObject({ outcome: 'collected' });
  });

  it('is over at its end, and housekeeping removes the seal and lists the key', async () => {
    const link = await waitingKey();
    const replaced = await makeKey(otto, 'grace');
    const replacement = await replacementFor(replaced.id);
    for (const { id } of [link, replacement]) await letExpire(id);
    expect(await collect(link)).toEqual({ outcome: 'over' });
    expect(await shownStatus(link.key)).toBe('inactive');
    await doChores({ expireHandOvers });
    expect(await auditOf(link.key)).toContain('key.hand-over-expired');
    expect(await countRows('hand_over', `id = '${link.id}' and sealed_secret is not null`)).toBe(0);
    const listed = async () => {
      const list = await findKeyList(vera, 'uncollected');
      return list?.rows.map(({ id }) => id) ?? [];
    };
    const mine = [link.key, replaced.id];
    expect(await listed()).toEqual(expect.arrayContaining(mine));
    expect(await verdictOf(replaced.secret)).toBe('VALID');
    await regenerateKey(otto, { id: link.key, version: 1 });
    await deleteKey(otto, replaced.id, 'grace');
    expect((await listed()).filter((id) => mine.includes(id))).toEqual([]);
  });

  it('lets its holder switch off what somebody else collected, until the key has another secret', async () => {
    const link = await waitingKey();
    const secret = await secretOf(link);
    const stop = (fragment: string) =>
      stopCollected({
        id: link.id,
        proof: proofOf(fragment),
        address: '198.51.100.7',
        visitor: null,
      });
    expect(await stop((await waitingKey()).fragment)).toEqual({ outcome: 'wrong-link' });
    expect(await stop(link.fragment)).toEqual({ outcome: 'switched-off' });
    expect(await verdictOf(secret)).toBe('INACTIVE');
    expect(await stop(link.fragment)).toEqual({ outcome: 'nothing-to-stop' });
    await regenerateKey(otto, { id: link.key, version: 1 });
    await switchKey(otto, { id: link.key, active: true });
    expect(await stop(link.fragment)).toEqual({ outcome: 'nothing-to-stop' });
  });

  it('says nothing of a hand-over that is not known', async () => {
    const id = '00000000-0000-4000-8000-000000000000';
    expect(await findLinkState(id)).toEqual({ state: 'unknown' });
    expect(await collect({ id, fragment: 'A'.repeat(43), code: null })).toEqual({
      outcome: 'wrong-link',
    });
  });
});

it('viewers end no hand-over', async () => {
  const { key } = await waitingKey();
  await expect(endHandOver(vera, key)).rejects.toThrow('operator');
  expect(await shownStatus(key)).toBe('waiting');
});

it('a code is worth nothing to whoever has the database and not AUTH_SECRET', async () => {
  const link = await waitingKey({ withCode: true });
  useSettings({ AUTH_SECRET: 'another secret of at least thirty-two bytes' });
  expect(await collect(link)).toMatchObject({ outcome: 'wrong-code' });
  useSettings({});
});

/** What nobody could read before the collection: a copy of the row is opened with the link. */
async function openedEarly({ id, fragment }: Link): Promise<string> {
  const { openSealWith } = await import('@/lib/keys/hand-over/seal');
  const { rows } = await pagePool().query('select sealed_secret from hand_over where id = $1', [
    id,
  ]);
  return openSealWith(fragment, id, rows[0].sealed_secret) ?? '';
}

async function inBulk(key: string, verb: 'activate' | 'deactivate') {
  const begun = await startBulkChange(ada, startBulkInput.parse({ verb, key: [key] }));
  const id = 'id' in begun ? begun.id : '';
  await stepBulkChange(ada, id);
  return findBulkChange(ada, id);
}
