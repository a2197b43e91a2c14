import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import { pagePool } from '@/db/client';
import { ForbiddenError } from '@/lib/access/administrator';
import type { KeyOwner } from '@/lib/access/key-owner';
import { deleteKey, switchKey } from '@/lib/keys/change-key';
import { findOwnKey, findOwnKeyUse, listOwnKeys } from '@/lib/keys/own/own-keys';
import { regenerateOwnKey } from '@/lib/keys/own/regenerate-own-key';
import { switchOffOwnKey } from '@/lib/keys/own/switch-off-own-key';
import { setKeyPolicy } from '@/lib/keys/policy/key-policy';
import { keyPolicyInput } from '@/lib/keys/policy/key-policy-input';
import { findOwnKeyRule, setOwnKeyRule } from '@/lib/keys/policy/own-key-rule';
import { transferKey } from '@/lib/keys/transfer-key';
import { queueOwnerEvents } from '@/lib/notices/queue-owner-events';
import { waitingKey } from '../hand-over/helpers';
import { emptyDatabase, useTestDatabase } from '../helpers/database';
import { auditOf, countRows, makeKey } from '../helpers/keys';
import { ada, insertPeople, otto } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { untilLockAwaited } from '../helpers/waiting';
import { insertOwner, setRule } from './helpers';

useTestDatabase();
afterAll(() => useSettings({ SMTP_URL: '', SMTP_FROM: '' }));

let alice: KeyOwner;
let bob: KeyOwner;
let own: string;
let foreign: string;
beforeEach(async () => {
  await emptyDatabase();
  await insertPeople();
  await setRule('regenerate');
  alice = await insertOwner('alice');
  bob = await insertOwner('bob');
  own = (await makeKey(otto, 'alice')).id;
  foreign = (await makeKey(otto, 'bob')).id;
});

const gone = { outcome: 'gone' };
const regenerate = (id: string, stops: 'now' | '1h' = 'now', version = 1) =>
  regenerateOwnKey(alice, { id, version, stops });

/** Every function of `lib` that takes an owner and an id, and what it does with a key that is not theirs. */
const byId: Record<string, { run: (id: string) => Promise<unknown>; refused: unknown }> = {
  findOwnKey: { run: (id) => findOwnKey(alice, id), refused: null },
  findOwnKeyUse: { run: (id) => findOwnKeyUse(alice, id), refused: null },
  switchOffOwnKey: { run: (id) => switchOffOwnKey(alice, id), refused: gone },
  regenerateOwnKey: { run: (id) => regenerate(id), refused: gone },
};
const changes = ['switchOffOwnKey', 'regenerateOwnKey'];

it('every function that takes an owner is tested here', () => {
  const lib = join(process.cwd(), 'lib');
  const texts = readdirSync(lib, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => readFileSync(join(lib, file), 'utf8'));
  const takes = /export (?:async )?function (\w+)(?:<\w+>)?\(\s*\w+: KeyOwner\b/g;
  const found = texts.flatMap((text) => [...text.matchAll(takes)].map(([, name]) => name));
  expect(found.sort()).toEqual([...Object.keys(byId), 'changeOwnKey', 'listOwnKeys'].sort());
});

async function state(): Promise<string> {
  const { rows } = await pagePool().query(`
    select (select string_agg(k::text, ' ' order by id) from api_key k) as keys,
      (select count(*) from audit_event) as events, (select count(*) from former_secret) as former`);
  return JSON.stringify(rows);
}

describe.each(Object.entries(byId))('%s', (name, { run, refused }) => {
  it('works with a key of one’s own', async () => {
    expect(await run(own)).not.toEqual(refused);
  });

  it('answers alike of another’s key, a deleted one and one that never was', async () => {
    const deleted = (await makeKey(otto, 'alice')).id;
    await deleteKey(otto, deleted);
    const before = await state();
    for (const id of [foreign, deleted, randomUUID()]) expect(await run(id)).toEqual(refused);
    expect(await state()).toBe(before);
  });

  if (!changes.includes(name)) return;
  it('leaves service keys to administrators', async () => {
    const service = await makeKey(ada, 'alice', { scopes: ['keydesk:verify'] });
    const before = await state();
    expect(await run(service.id)).toEqual({ outcome: 'needs-admin' });
    expect(await state()).toBe(before);
  });
});

describe('the list', () => {
  it('has all of one’s own keys, and no other', async () => {
    const ids = [own];
    for (let n = 0; n < 26; n++) ids.push((await makeKey(otto, 'alice')).id);
    const first = await listOwnKeys(alice, { page: 1, at: '' });
    const second = await listOwnKeys(alice, { page: 2, at: first.after ?? '' });
    const listed = [...first.rows, ...second.rows].map(({ id }) => id);
    expect(listed.sort()).toEqual(ids.sort());
    expect((await first.counted).total).toBe(27);
    expect((await listOwnKeys(bob, { page: 1, at: '' })).rows.map(({ id }) => id)).toEqual([
      foreign,
    ]);
  });

  it('of a person with no key is empty', async () => {
    const carol = await insertOwner('carol');
    expect((await listOwnKeys(carol, { page: 1, at: '' })).rows).toEqual([]);
  });
});

describe('a switch-off', () => {
  it('is audited with the owner as actor, once', async () => {
    expect(await switchOffOwnKey(alice, own)).toMatchObject({ outcome: 'switched-off' });
    expect(await switchOffOwnKey(alice, own)).toMatchObject({ outcome: 'switched-off' });
    expect(await auditOf(own)).toEqual(['key.create', 'key.deactivate']);
    expect(await countRows('audit_event', `actor_id = '${alice.id}'`)).toBe(1);
  });

  it('works under the lesser rule too, and leaves a waiting key alone', async () => {
    await setRule('switch-off');
    const grace = await insertOwner('grace');
    const { key } = await waitingKey();
    expect(await switchOffOwnKey(grace, key)).toEqual({ outcome: 'waiting' });
    expect(await switchOffOwnKey(alice, own)).toMatchObject({ outcome: 'switched-off' });
  });
});

describe('a regenerate', () => {
  it('replaces the secret with the overlap that was chosen', async () => {
    const result = await regenerate(own, '1h');
    expect(result).toMatchObject({ outcome: 'regenerated', oldStopsAt: expect.any(Date) });
    expect(await countRows('former_secret', `stops_at > now() + interval '59 minutes'`)).toBe(1);
    expect(await auditOf(own)).toEqual(['key.create', 'key.regenerate']);
    expect(await regenerate(own)).toEqual({ outcome: 'changed-meanwhile' });
    expect(await regenerate(own, 'now', 2)).toMatchObject({ outcome: 'regenerated' });
    expect(await countRows('former_secret', 'stops_at is not null')).toBe(0);
  });

  it('needs the rule for it', async () => {
    await setRule('switch-off');
    expect(await regenerate(own)).toEqual({ outcome: 'not-allowed' });
  });

  it('is not for a key that is off, expired or waiting', async () => {
    const grace = await insertOwner('grace');
    const { key } = await waitingKey();
    const waiting = regenerateOwnKey(grace, { id: key, version: 1, stops: 'now' });
    expect(await waiting).toEqual({ outcome: 'not-active' });
    await switchKey(otto, { id: own, active: false });
    expect(await regenerate(own)).toEqual({ outcome: 'not-active' });
    await switchKey(otto, { id: own, active: true });
    await pagePool().query(`update api_key set expires_at = now() where id = $1`, [own]);
    expect(await regenerate(own)).toEqual({ outcome: 'not-active' });
  });
});

it('owners are told of what was done in their name', async () => {
  useSettings({ SMTP_URL: 'smtp://127.0.0.1:9', SMTP_FROM: 'desk@example.org' });
  await setKeyPolicy(ada, keyPolicyInput.parse({ tellOwners: 'yes' }));
  expect(await findOwnKeyRule()).toBe('regenerate');
  await regenerate(own);
  await switchOffOwnKey(alice, own);
  await queueOwnerEvents();
  expect(await countRows('owner_event', `owner_id = '${alice.id}'`)).toBe(2);
});

/** What may happen while a change waits for its key, and what the change then answers. */
const meanwhile: Record<string, { happens: () => Promise<unknown>; answer: unknown }> = {
  'the policy was switched off': {
    happens: () => setOwnKeyRule(ada, { ownKeys: 'off' }),
    answer: ForbiddenError,
  },
  'they were disabled': {
    happens: () => sqlOf('update directory_user set active = false where id = $1', alice.id),
    answer: ForbiddenError,
  },
  'they were deleted': {
    happens: () =>
      sqlOf('update directory_user set active = false, deleted_at = now() where id = $1', alice.id),
    answer: ForbiddenError,
  },
  'they became a service': {
    happens: () => sqlOf(`update directory_user set kind = 'service' where id = $1`, alice.id),
    answer: ForbiddenError,
  },
  'the key got another owner': {
    happens: () => sqlOf('update api_key set owner_id = $1 where id = $2', bob.id, own),
    answer: gone,
  },
  'the key was deleted': {
    happens: () => sqlOf('update api_key set deleted_at = now() where id = $1', own),
    answer: gone,
  },
  'the key became a service key': {
    happens: () => sqlOf(`update api_key set scopes = '{keydesk:verify}' where id = $1`, own),
    answer: { outcome: 'needs-admin' },
  },
};
let holder: Client;
/** In the transaction that holds the key where it concerns the key. */
const sqlOf = (text: string, ...values: string[]) =>
  (text.includes('api_key') ? holder : pagePool()).query(text, values);

describe('while it waits for the key', () => {
  beforeEach(async () => {
    holder = new Client({ connectionString: process.env.DATABASE_URL });
    await holder.connect();
    await holder.query('begin');
    await holder.query('select from api_key where id = $1 for update', [own]);
  });
  afterEach(() => holder.end());

  const tries = changes.flatMap((name) =>
    Object.keys(meanwhile).map((why) => [name, why] as const),
  );
  it.each(tries)('%s does nothing if %s', async (name, why) => {
    const { happens, answer } = meanwhile[why] as (typeof meanwhile)[string];
    const running = (byId[name] as (typeof byId)[string]).run(own).catch((error: unknown) => error);
    await untilLockAwaited();
    await happens();
    await holder.query('commit');
    const result = await running;
    if (answer === ForbiddenError) expect(result).toBeInstanceOf(ForbiddenError);
    else expect(result).toEqual(answer);
    expect(await countRows('audit_event', `actor_id = '${alice.id}'`)).toBe(0);
    expect(await countRows('api_key', `id = '${own}' and active and secret_version = 1`)).toBe(1);
  });
});

it('two regenerates at once have one winner, and a transfer loses nobody’s secret', async () => {
  for (let round = 0; round < times(20, 3); round++) {
    const { id } = await makeKey(otto, 'alice');
    const both = await Promise.all([regenerate(id), regenerate(id)]);
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['changed-meanwhile', 'regenerated']);
    const [mine] = await Promise.all([
      regenerate(id, 'now', 2),
      transferKey(otto, { id, to: 'bob' }),
    ]);
    expect(['regenerated', 'gone']).toContain(mine.outcome);
    expect(await regenerate(id, 'now', 3)).toEqual(gone);
  }
});
