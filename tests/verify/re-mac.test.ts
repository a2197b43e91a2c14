import { randomUUID } from 'node:crypto';
import { Client } from 'pg';
import { closeDatabase } from '@/db/client';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { countByPepper } from '@/lib/keys/secret/count-peppers';
import { secretMac } from '@/lib/keys/secret/secret';
import { PepperMigration } from '@/lib/verify/pepper-migration';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { type Question, verify } from '@/lib/verify/verify';
import { ada } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { times } from '../helpers/times';
import { type Desk, environment, type Key, openDesk, pepper } from './helpers/desk';

const next = { version: 2, key: Buffer.from('the next pepper, 32 bytes, test!') };
const text = ({ version, key }: typeof next) => `${version}:${key.toString('base64')}`;

/** The desk after the rotation has begun: both versions known, the new one first. */
let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ peppers: [next, pepper] });
  useSettings(environment(desk.url, { KEY_PEPPER: `${text(next)},${text(pepper)}` }));
  await desk.sql(`insert into directory_user (id, username, role) values ($1, 'ada', 'admin')`, [
    ada.id,
  ]);
});
afterAll(async () => {
  await closeDatabase();
  await desk.close();
});

const newKey = async () => desk.addKey(await desk.addUser(`user ${randomUUID()}`));
const stored = async (id: string) =>
  (await desk.sql('select secret_mac, secret_pepper from api_key where id = $1', [id]))[0];
const code = async (secret: string) => (await (await desk.verify({ key: secret })).json()).code;

test('a used key moves to the newest pepper, and an unused one stays', async () => {
  const [used, idle] = [await newKey(), await newKey()];
  expect(await code(used.secret)).toBe('VALID');
  expect((await stored(used.id)).secret_pepper).toBe(1);
  await desk.own.pepperMigration.flush();
  expect(await stored(used.id)).toEqual({
    secret_mac: secretMac(used.secret, next),
    secret_pepper: 2,
  });
  expect((await stored(idle.id)).secret_pepper).toBe(1);
  expect(await code(used.secret)).toBe('VALID');
  // So does the key of the calling service.
  expect((await stored(desk.service.id)).secret_pepper).toBe(2);
});

test('verification itself writes nothing, and works while the row is locked', async () => {
  const key = await newKey();
  const other = new Client({ connectionString: desk.url });
  await other.connect();
  await other.query('begin');
  await other.query('select 1 from api_key where id = $1 for update', [key.id]);
  expect(await code(key.secret)).toBe('VALID');
  const flushed = desk.own.pepperMigration.flush();
  const started = performance.now();
  expect(await code(key.secret)).toBe('VALID');
  expect(performance.now() - started).toBeLessThan(500);
  await other.query('rollback');
  await other.end();
  await flushed;
  expect((await stored(key.id)).secret_pepper).toBe(2);
});

test('a regenerate wins over a move that was noted before it', async () => {
  const key = await newKey();
  const old = secretMac(key.secret, pepper).toString('hex');
  const result = await regenerateKey(ada, { id: key.id, version: 1 });
  if (result.outcome !== 'regenerated') throw new Error(result.outcome);
  desk.own.pepperMigration.note(old, secretMac(key.secret, next).toString('hex'));
  await desk.own.pepperMigration.flush();
  expect((await stored(key.id)).secret_mac).toEqual(secretMac(result.secret, next));
  expect(await code(key.secret)).toBe('NOT_FOUND');
  expect(await code(result.secret)).toBe('VALID');
  // The former secret moved too, and is still known as such.
  expect(
    await desk.sql('select mac, pepper from former_secret where key_id = $1', [key.id]),
  ).toEqual([{ mac: secretMac(key.secret, next), pepper: 2 }]);
});

test('without the guard, the move would bring the old secret back', async () => {
  const key = await newKey();
  const result = await regenerateKey(ada, { id: key.id, version: 1 });
  await desk.sql('delete from former_secret where key_id = $1', [key.id]);
  await desk.sql('update api_key set secret_mac = $2, secret_pepper = 2 where id = $1', [
    key.id,
    secretMac(key.secret, next),
  ]);
  expect(result.outcome).toBe('regenerated');
  expect(await code(key.secret)).toBe('VALID');
});

test('moves and regenerates that race leave one live secret', async () => {
  for (let round = 0; round < times(100, 20); round++) {
    const key = await newKey();
    const moves = [secretMac(key.secret, pepper), secretMac(key.secret, next)] as const;
    desk.own.pepperMigration.note(moves[0].toString('hex'), moves[1].toString('hex'));
    const [result] = await Promise.all([
      regenerateKey(ada, { id: key.id, version: 1 }),
      desk.own.pepperMigration.flush(),
    ]);
    if (result.outcome !== 'regenerated') throw new Error(result.outcome);
    expect((await stored(key.id)).secret_mac).toEqual(secretMac(result.secret, next));
    expect(await code(key.secret)).toBe('NOT_FOUND');
    const [former] = await desk.sql('select mac from former_secret where key_id = $1', [key.id]);
    expect(moves.some((mac) => mac.equals(former.mac))).toBe(true);
  }
}, 60_000);

test('a failed flush fails no verification and is repeated', async () => {
  const key = await newKey();
  await desk.sql('alter table former_secret rename to away');
  const pepperMigration = new PepperMigration(desk.own.writer, 2);
  pepperMigration.note(
    secretMac(key.secret, pepper).toString('hex'),
    secretMac(key.secret, next).toString('hex'),
  );
  await pepperMigration.flush();
  expect(pepperMigration.failedFlushes).toBe(1);
  await desk.sql('alter table away rename to former_secret');
  await pepperMigration.end();
  expect(pepperMigration.failedFlushes).toBe(1);
  expect((await stored(key.id)).secret_pepper).toBe(2);
});

test('a process that may not change keys finds them under the old pepper, and leaves them there', async () => {
  const key = await newKey();
  const alone = openVerification({
    ...{ connectionString: desk.url, peppers: [next, pepper], mayChangeKeys: false },
  });
  expect(await verify(alone, question(key.secret))).toMatchObject({ code: 'VALID' });
  await closeVerification(alone);
  expect((await stored(key.id)).secret_pepper).toBe(1);
});

test('rotation under load: no failed verification, and the old pepper can go', async () => {
  const keys: Key[] = [];
  while (keys.length < 200) keys.push(await newKey());
  // A second instance that knows the new pepper but does not lead with it yet.
  const late = openVerification({ connectionString: desk.url, peppers: [pepper, next] });
  const instances = [desk.own, late];
  let asked = 0;
  const failures: string[] = [];
  const ask = async () => {
    const key = keys[asked % keys.length];
    const own = instances[asked % 2];
    asked += 1;
    if (!key || !own) return;
    const outcome = await verify(own, question(key.secret));
    if (outcome.kind !== 'judged' || outcome.code !== 'VALID') failures.push(outcome.kind);
  };
  while (asked < 10_000) {
    await Promise.all(Array.from({ length: 100 }, ask));
    if (asked % 500 === 0) void desk.own.pepperMigration.flush();
  }
  expect(failures).toEqual([]);
  await closeVerification(late);
  for (const key of keys) await verify(desk.own, question(key.secret));
  await desk.own.pepperMigration.flush();
  const ids = keys.map(({ id }) => id);
  const on = async (version: number) =>
    (
      await desk.sql(
        'select count(*)::int as n from api_key where id = any($1) and secret_pepper = $2',
        [ids, version],
      )
    )[0].n;
  expect([await on(1), await on(2)]).toEqual([0, 200]);

  await desk.sql('update api_key set deleted_at = now() where secret_pepper = 1');
  const uses = await countByPepper();
  expect(uses.find(({ version }) => version === 1)?.live ?? 0).toBe(0);
  const only = openVerification({ connectionString: desk.url, peppers: [next] });
  for (const key of keys) {
    expect(await verify(only, question(key.secret))).toMatchObject({ code: 'VALID' });
  }
  await closeVerification(only);
}, 120_000);

const question = (secret: string): Question => ({
  service: desk.service.secret,
  serviceAddress: '192.0.2.1',
  secret,
  source: '192.0.2.2',
  scopes: [],
  ip: null,
  since: performance.now(),
});
