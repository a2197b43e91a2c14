import fc from 'fast-check';
import { closeDatabase } from '@/db/client';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { stopOldSecret } from '@/lib/keys/overlap';
import { type OverlapChoice, overlapChoices } from '@/lib/keys/overlap-choices';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { restoreKey } from '@/lib/keys/restore-key';
import { secretMac } from '@/lib/keys/secret/secret';
import { findKeyUse, findOverlap } from '@/lib/keys/use/key-use';
import { ada, otto, vera } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { type Desk, environment, type Key, type KeyFacts, openDesk, pepper } from './helpers/desk';

let desk: Desk;
let serial = 0;

beforeAll(async () => {
  desk = await openDesk();
  useSettings(environment(desk.url));
  for (const { id, username, role } of [ada, otto, vera]) {
    await desk.sql('insert into directory_user (id, username, role) values ($1, $2, $3)', [
      id,
      username,
      role,
    ]);
  }
});
afterAll(async () => {
  await closeDatabase();
  await desk.close();
});

const newKey = async (facts: KeyFacts = {}) =>
  desk.addKey(await desk.addUser(`user ${++serial}`), facts);

async function code(secret: string, ip: string | null = null, scopes: string[] = []) {
  return (await (await desk.verify({ key: secret, ip, scopes })).json()).code;
}

/** @returns the new secret */
async function regenerate({ id }: Key, stops: OverlapChoice, version = 1): Promise<string> {
  const result = await regenerateKey(otto, { id, version, stops });
  if (result.outcome !== 'regenerated') throw new Error(result.outcome);
  return result.secret;
}

const overlapping = async (id: string) =>
  (
    await desk.sql(
      `select version, round(extract(epoch from stops_at - now()))::int as left
       from former_secret where key_id = $1 and stops_at is not null`,
      [id],
    )
  ).map(({ version, left }) => [version, left]);
const pass = (id: string) =>
  desk.sql('update former_secret set stops_at = now() where key_id = $1 and stops_at is not null', [
    id,
  ]);
const actions = async (id: string) =>
  (await desk.sql('select action from audit_event where target_id = $1 order by seq', [id])).map(
    (row) => row.action,
  );

test('by default the old key is refused at once', async () => {
  const key = await newKey();
  const fresh = await regenerate(key, 'now');
  expect([await code(key.secret), await code(fresh)]).toEqual(['NOT_FOUND', 'VALID']);
  expect(await findOverlap(vera, key.id)).toBeNull();
});

test.each(overlapChoices.slice(1))(
  'with $value both work, and then the new one',
  async (choice) => {
    const key = await newKey();
    const fresh = await regenerate(key, choice.value);
    expect([await code(key.secret), await code(fresh)]).toEqual(['VALID', 'VALID']);
    const [[version, left] = []] = await overlapping(key.id);
    expect(version).toBe(1);
    expect(Math.abs(left - choice.minutes * 60)).toBeLessThan(10);
    await pass(key.id);
    expect([await code(key.secret), await code(fresh)]).toEqual(['NOT_FOUND', 'VALID']);
  },
);

test('verification reports when the old key stops and when it was issued, and not for the new one', async () => {
  const key = await newKey();
  await desk.sql(`update api_key set secret_created_at = '2026-01-02T03:04:05Z' where id = $1`, [
    key.id,
  ]);
  const fresh = await regenerate(key, '1h');
  const [row] = await desk.sql('select stops_at from former_secret where key_id = $1', [key.id]);
  const told = async (secret: string) => (await desk.verify({ key: secret })).json();
  expect(Date.parse((await told(key.secret)).expiresAt)).toBe(row.stops_at.getTime());
  expect((await told(fresh)).expiresAt).toBeNull();
  const iat = async (token: string) => (await (await desk.introspect({ token })).json()).iat;
  expect(await iat(key.secret)).toBe(Date.UTC(2026, 0, 2, 3, 4, 5) / 1_000);
  expect(await iat(fresh)).toBeGreaterThan(Date.UTC(2026, 0, 2, 3, 4, 5) / 1_000);
});

test('the old key is under all rules of the key', async () => {
  const key = await newKey({ scopes: ['a'], networks: ['192.0.2.0/24'], rate: [2, 86_400] });
  const fresh = await regenerate(key, '1h');
  expect(await code(key.secret, '198.51.100.1')).toBe('IP_DENIED');
  expect(await code(key.secret, '192.0.2.1', ['b'])).toBe('INSUFFICIENT_SCOPE');
  expect(await code(key.secret, '192.0.2.1', ['a'])).toBe('VALID');
  expect(await code(fresh, '192.0.2.1')).toBe('VALID');
  // One limit for both.
  expect(await code(key.secret, '192.0.2.1')).toBe('RATE_LIMITED');
  await switchKey(otto, { id: key.id, active: false });
  expect(await code(key.secret, '192.0.2.1')).toBe('INACTIVE');
});

test('the overlap ends no later than the key, even if that expires earlier, and does not change the key', async () => {
  const soon = new Date(Date.now() + 600_000);
  const key = await newKey({ expires: soon.toISOString() });
  await regenerate(key, '7d');
  const [[, left] = []] = await overlapping(key.id);
  expect(left).toBeLessThanOrEqual(600);
  const [row] = await desk.sql('select expires_at from api_key where id = $1', [key.id]);
  expect(row.expires_at).toEqual(soon);
  await desk.sql('update api_key set expires_at = now() where id = $1', [key.id]);
  expect(await code(key.secret)).toBe('EXPIRED');
  const ended = await newKey({ expires: new Date(0).toISOString() });
  await regenerate(ended, '7d');
  expect(await overlapping(ended.id)).toEqual([]);
});

test('a second regenerate ends the first overlap, whatever it chooses itself', async () => {
  for (const [stops, second] of [
    ['1h', 'VALID'],
    ['now', 'NOT_FOUND'],
  ] as const) {
    const key = await newKey();
    const two = await regenerate(key, '7d');
    const three = await regenerate(key, stops, 2);
    expect([await code(key.secret), await code(two), await code(three)]).toEqual([
      'NOT_FOUND',
      second,
      'VALID',
    ]);
  }
});

test('control: the database itself refuses two old keys that work', async () => {
  const key = await newKey();
  await regenerate(key, '7d');
  await regenerate(key, '7d', 2);
  await expect(
    desk.sql(`update former_secret set stops_at = now() + interval '1 day' where key_id = $1`, [
      key.id,
    ]),
  ).rejects.toThrow('former_secret_overlap');
});

test('delete ends both, and a restored key has only its newest secret', async () => {
  const key = await newKey();
  const fresh = await regenerate(key, '7d');
  await deleteKey(otto, key.id, await ownerOf(key.id));
  expect([await code(key.secret), await code(fresh)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  await restoreKey(ada, key.id);
  await switchKey(otto, { id: key.id, active: true });
  expect([await code(key.secret), await code(fresh)]).toEqual(['NOT_FOUND', 'VALID']);
});

test('undo restores both, with the rest of the overlap', async () => {
  const key = await newKey();
  const fresh = await regenerate(key, '7d');
  const before = await overlapping(key.id);
  await deleteKey(otto, key.id, await ownerOf(key.id));
  expect([await code(key.secret), await code(fresh)]).toEqual(['NOT_FOUND', 'NOT_FOUND']);
  expect((await restoreKey(otto, key.id, { undo: true })).outcome).toBe('restored');
  expect([await code(key.secret), await code(fresh)]).toEqual(['VALID', 'VALID']);
  expect(await overlapping(key.id)).toEqual(before);
});

describe('stopping the old key', () => {
  test('is done once, with one event, and repeating it is harmless', async () => {
    const key = await newKey();
    const fresh = await regenerate(key, '7d');
    const stop = () => stopOldSecret(otto, { id: key.id, version: 1 });
    const results = await Promise.all(Array.from({ length: 10 }, stop));
    expect(results.filter(({ outcome }) => outcome === 'stopped')).toHaveLength(1);
    expect([await code(key.secret), await code(fresh)]).toEqual(['NOT_FOUND', 'VALID']);
    expect(await stop()).toEqual({ outcome: 'stopped-before' });
    expect(await actions(key.id)).toEqual(['key.regenerate', 'key.stop-old']);
  });

  test('stops the secret that the administrator saw, and no later one', async () => {
    const key = await newKey();
    const two = await regenerate(key, '7d');
    await regenerate(key, '7d', 2);
    expect(await stopOldSecret(otto, { id: key.id, version: 1 })).toEqual({
      outcome: 'stopped-before',
    });
    expect(await code(two)).toBe('VALID');
  });

  test('is refused to viewers, and reports a deleted key', async () => {
    const key = await newKey();
    await regenerate(key, '7d');
    const old = { id: key.id, version: 1 };
    await expect(stopOldSecret(vera, old)).rejects.toThrow('operator');
    await deleteKey(otto, key.id, await ownerOf(key.id));
    expect(await stopOldSecret(otto, old)).toEqual({ outcome: 'gone' });
  });

  test('races with regenerating leave at most one old key, and no deadlock', async () => {
    for (let round = 0; round < times(8, 3); round++) {
      const key = await newKey();
      await regenerate(key, '7d');
      await Promise.all(
        Array.from({ length: 10 }, (_, index) =>
          index % 2
            ? stopOldSecret(otto, { id: key.id, version: 1 })
            : regenerateKey(otto, { id: key.id, version: 2, stops: '7d' }),
        ),
      );
      expect((await overlapping(key.id)).map(([version]) => version)).toEqual([2]);
      expect(await code(key.secret)).toBe('NOT_FOUND');
    }
  });
});

test('an old key moves to the newest pepper and keeps its overlap', async () => {
  const key = await newKey();
  await regenerate(key, '7d');
  const next = { version: 2, key: Buffer.from('the next pepper, 32 bytes, test!') };
  const moved = secretMac(key.secret, next).toString('hex');
  desk.own.pepperMigration.note(secretMac(key.secret, pepper).toString('hex'), moved);
  await desk.own.pepperMigration.flush();
  const [row] = await desk.sql(
    `select encode(mac, 'hex') as mac, stops_at > now() as works from former_secret where key_id = $1`,
    [key.id],
  );
  expect(row).toEqual({ mac: moved, works: true });
});

describe('the report on the two secrets', () => {
  test('counts by secret, with the reported addresses', async () => {
    const key = await newKey();
    const two = await regenerate(key, 'now');
    const three = await regenerate(key, '7d', 2);
    await code(key.secret, '198.51.100.7');
    for (const ip of ['192.0.2.1', '::ffff:192.0.2.1', '2001:DB8::0:1']) await code(two, ip);
    await code(three);
    await desk.own.usage.flush({ all: true });
    const overlap = await findOverlap(vera, key.id);
    expect(overlap).toMatchObject({
      silent: false,
      old: { version: 2, calls: 3 },
      new: { version: 3, calls: 1, sources: [{ address: '', calls: 1 }] },
    });
    expect(overlap?.old.sources.map(({ address, calls }) => `${address} ${calls}`).sort()).toEqual([
      '192.0.2.1 2',
      '2001:db8::1 1',
    ]);
    // Callers with a dead secret are not affected by any change.
    const use = await findKeyUse(vera, key.id);
    expect(use?.sources.map(({ address }) => address).sort()).toEqual([
      '',
      '192.0.2.1',
      '2001:db8::1',
    ]);
    expect(await overlapSilentAfter(key.id, '59 minutes')).toBe(false);
    expect(await overlapSilentAfter(key.id, '61 minutes')).toBe(true);
  });

  const overlapSilentAfter = async (id: string, age: string) => {
    await desk.sql(
      'update key_source set last_seen = now() - $2::interval where key_id = $1 and version = 2',
      [id, age],
    );
    return (await findOverlap(vera, id))?.silent;
  };

  test('counts a use before the change for the old key', async () => {
    const key = await newKey();
    await desk.sql('update key_last_use set used_at = now() where key_id = $1', [key.id]);
    await regenerate(key, '7d');
    expect(await findOverlap(vera, key.id)).toMatchObject({ silent: false });
  });
});

/** A key as the contract describes it, for comparison. */
type Model = {
  secrets: string[];
  /** Whether the secret before the last one works. */
  oldWorks: boolean;
  active: boolean;
  expired: boolean;
  deleted: boolean;
  ownerActive: boolean;
};

const steps = fc.array(
  fc.oneof(
    fc.record({
      do: fc.constant('regenerate' as const),
      stops: fc.constantFrom(...overlapChoices.map(({ value }) => value)),
    }),
    fc.record({
      do: fc.constantFrom(...(['stop', 'pass', 'delete', 'restore', 'undo'] as const)),
    }),
    fc.record({
      do: fc.constantFrom('active' as const, 'expired' as const, 'owner' as const),
      to: fc.boolean(),
    }),
  ),
  { minLength: 1, maxLength: 10 },
);

function verdict(model: Model, index: number): string {
  const newest = model.secrets.length - 1;
  const works = index === newest || (index === newest - 1 && model.oldWorks);
  if (!works || model.deleted) return 'NOT_FOUND';
  if (!model.active) return 'INACTIVE';
  if (model.expired) return 'EXPIRED';
  return model.ownerActive ? 'VALID' : 'OWNER_INACTIVE';
}

test('each secret of a key is judged as the contract says, after any changes', async () => {
  await fc.assert(
    fc.asyncProperty(steps, async (taken) => {
      const key = await newKey();
      const model: Model = {
        secrets: [key.secret],
        oldWorks: false,
        active: true,
        expired: false,
        deleted: false,
        ownerActive: true,
      };
      for (const step of taken) {
        await take(key, model, step);
        const told = await Promise.all(model.secrets.map((secret) => code(secret)));
        expect(told).toEqual(model.secrets.map((_, index) => verdict(model, index)));
      }
    }),
    { numRuns: times(25, 10) },
  );
}, 60_000);

type Step = (typeof steps extends fc.Arbitrary<infer All> ? All : never) extends (infer One)[]
  ? One
  : never;

async function ownerOf(id: string): Promise<string> {
  const [row] = await desk.sql(
    'select username from directory_user u join api_key k on k.owner_id = u.id where k.id = $1',
    [id],
  );
  return row.username;
}

async function take({ id }: Key, model: Model, step: Step) {
  const version = model.secrets.length;
  if (step.do === 'regenerate') {
    const result = await regenerateKey(ada, { id, version, stops: step.stops });
    if (result.outcome !== 'regenerated') return;
    model.secrets.push(result.secret);
    model.oldWorks = step.stops !== 'now' && !model.expired;
  } else if (step.do === 'stop') {
    await stopOldSecret(ada, { id, version: version - 1 });
    if (!model.deleted) model.oldWorks = false;
  } else if (step.do === 'pass') {
    await pass(id);
    model.oldWorks = false;
  } else if (step.do === 'delete') {
    // A flush may have run, and then the key is in use and deleting it requires the owner's name.
    await deleteKey(ada, id, await ownerOf(id));
    model.deleted = true;
  } else if (step.do === 'restore') {
    const { outcome } = await restoreKey(ada, id);
    if (outcome !== 'restored') return;
    Object.assign(model, { deleted: false, active: false, oldWorks: false });
  } else if (step.do === 'undo') {
    await restoreKey(ada, id, { undo: true });
    model.deleted = false;
  } else if (!('to' in step)) {
    throw new Error(step.do);
  } else if (step.do === 'active') {
    await switchKey(ada, { id, active: step.to });
    if (!model.deleted) model.active = step.to;
  } else if (step.do === 'expired') {
    const end = `now() + interval '${step.to ? '-1 second' : '30 days'}'`;
    await desk.sql(`update api_key set expires_at = ${end} where id = $1`, [id]);
    model.expired = step.to;
  } else {
    await desk.sql(
      'update directory_user set active = $2 where id = (select owner_id from api_key where id = $1)',
      [id, step.to],
    );
    model.ownerActive = step.to;
  }
}
