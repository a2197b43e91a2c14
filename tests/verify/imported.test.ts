import { createHash } from 'node:crypto';
import { closeDatabase, pagePool } from '@/db/client';
import { systemActor } from '@/lib/audit/record-event';
import { freeLookups } from '@/lib/keys/failed-lookup-limiter';
import { findKey } from '@/lib/keys/find-key';
import { importKeys } from '@/lib/keys/import/import-keys';
import { stageKeys } from '@/lib/keys/import/stage-keys';
import { regenerateKey } from '@/lib/keys/regenerate-key';
import { countByPepper } from '@/lib/keys/secret/count-peppers';
import { importedMac, secretKind } from '@/lib/keys/secret/imported-secret';
import { isWellFormedSecret, mintSecret } from '@/lib/keys/secret/secret';
import { ada } from '../helpers/people';
import { useSettings } from '../helpers/settings';
import { inParts } from '../transfer/helpers';
import { type Desk, environment, openDesk, pepper } from './helpers/desk';

const next = { version: 2, key: Buffer.from('the next pepper, 32 bytes, test!') };
const importer = { ...systemActor, role: 'admin' } as const;

let desk: Desk;

beforeAll(async () => {
  desk = await openDesk({ peppers: [next, pepper] });
  const text = [next, pepper].map(({ version, key }) => `${version}:${key.toString('base64')}`);
  useSettings(environment(desk.url, { KEY_PEPPER: text.join(',') }));
  await desk.sql(`insert into directory_user (id, username, role) values ($1, 'ada', 'admin')`, [
    ada.id,
  ]);
  await desk.addUser('grace');
});
afterAll(async () => {
  await closeDatabase();
  await desk.close();
});

const hash = (text: string) => createHash('sha256').update(text).digest('hex');
let serial = 0;
const foreign = () => `sk_live-${process.pid}/${++serial}.AbCdEfGh=`;

/** Imports one key like an installation whose newest pepper was this one. */
async function importKey(cells: string, columns = 'secret', under = next): Promise<string> {
  const file = `username,${columns}\ngrace,${cells}\n`;
  const format = { peppers: [under] as const, prefix: 'kd' };
  const staged = await stageKeys(importer, inParts(file), format);
  if (staged.outcome !== 'staged') throw new Error(staged.problem);
  const { rows } = await pagePool().query('select key_id from key_import_line');
  expect(await importKeys(importer, staged.id)).toEqual({ outcome: 'imported' });
  return rows[0].key_id;
}

const code = async (key: string, ip = '203.0.113.1') =>
  (await (await desk.verify({ key, ip })).json()).code;

test('a key of another program is valid, imported in clear or hashed', async () => {
  const [clear, hashed] = [foreign(), foreign()];
  const id = await importKey(clear);
  await importKey(hash(hashed), 'sha256');
  const answer = await (await desk.verify({ key: clear })).json();
  expect(answer).toMatchObject({ valid: true, keyId: id, user: { username: 'grace' } });
  expect(await code(hashed)).toBe('VALID');
  expect((await desk.gate({ 'x-api-key': clear })).headers.get('x-auth-user')).toBe('grace');
  expect(await (await desk.introspect({ token: hashed })).json()).toMatchObject({ active: true });
  expect(await code(`${clear}x`)).toBe('NOT_FOUND');
  // The hash itself does not work, so a dump of the other program cannot be used to call.
  expect(await code(hash(hashed))).toBe('NOT_FOUND');
});

test('a key of ours stays one of ours', async () => {
  const secret = mintSecret('kd');
  const id = await importKey(secret);
  expect(await code(secret)).toBe('VALID');
  expect((await findKey(ada, id))?.hint).toBe(`${secret.slice(0, 7)}…${secret.slice(-4)}`);
});

test('an imported service key may ask', async () => {
  const [service, key] = [foreign(), foreign()];
  await importKey(`keydesk:verify,${service}`, 'scopes,secret');
  await importKey(key);
  const answer = await desk.verify({ key }, { authorization: `Bearer ${service}` });
  expect((await answer.json()).code).toBe('VALID');
});

test.each([
  ['begins like ours and is mistyped', `${mintSecret('kd').slice(0, -1)}!`],
  ['begins like ours', 'kd_of-another-program-it-seems'],
  ['is too short', 'fifteen-letters'],
  ['is too long', 'x'.repeat(201)],
  ['has a blank', 'sixteen letters and'],
  ['has a control character', 'sixteen-letters\u0007and'],
  ['is not ASCII', 'sechzehn-Buchstäben'],
])('a key that %s is malformed, and not looked up', async (_, secret) => {
  const spy = jest.spyOn(desk.own.lookup, 'ask');
  expect(await code(secret)).toBe('MALFORMED');
  // Only the MACs of the service key, under both peppers.
  expect(spy.mock.calls.map(([macs]) => macs.length)).toEqual([2]);
  spy.mockRestore();
});

test('a key with another prefix is foreign, unless its checksum is ours', async () => {
  expect(secretKind(mintSecret('old'), 'kd')).toBe('own');
  expect(secretKind(`${mintSecret('old').slice(0, -1)}!`, 'kd')).toBe('foreign');
  expect(isWellFormedSecret(`old_${'0'.repeat(49)}`)).toBe(false);
  expect(secretKind(`old_${'0'.repeat(49)}`, 'kd')).toBe('foreign');
});

test('unknown keys of any format are guesses', async () => {
  for (let count = 0; count < freeLookups; count++) {
    expect(await code(foreign(), '198.51.100.77')).toBe('NOT_FOUND');
  }
  const ip = '198.51.100.77';
  expect((await desk.verify({ key: foreign(), ip })).status).toBe(429);
});

test("the gate's answer to a bad key is identical to the byte, whatever its format", async () => {
  const off = foreign();
  const id = await importKey(off);
  await desk.sql('update api_key set active = false where id = $1', [id]);
  const answers = await Promise.all(
    [off, foreign(), mintSecret('kd'), 'kd_nonsense', 'short'].map(async (secret) => {
      const answer = await desk.gate({ 'x-api-key': secret, 'x-forwarded-for': '192.0.2.7' });
      const headers = [...answer.headers].filter(
        ([name]) => name !== 'date' && name !== 'x-request-id',
      );
      return JSON.stringify([answer.status, headers, await answer.text()]);
    }),
  );
  expect(new Set(answers).size).toBe(1);
  expect(answers[0]).toMatch(/^\[401,/);
});

test('it moves to the newest pepper when used, and is counted', async () => {
  const secret = foreign();
  const id = await importKey(secret, 'secret', pepper);
  const onFirst = async () =>
    (await countByPepper()).find(({ version }) => version === 1)?.live ?? 0;
  const before = await onFirst();
  expect(await code(secret)).toBe('VALID');
  await desk.own.pepperMigration.flush();
  expect(
    await desk.sql('select secret_mac, secret_pepper from api_key where id = $1', [id]),
  ).toEqual([{ secret_mac: importedMac(hash(secret), next), secret_pepper: 2 }]);
  expect(await onFirst()).toBeLessThan(before);
  expect(await code(secret)).toBe('VALID');
});

test('a secret known under an older pepper is not imported again', async () => {
  const secret = foreign();
  await importKey(secret, 'secret', pepper);
  const format = { peppers: [next, pepper] as const, prefix: 'kd' };
  const again = await stageKeys(importer, inParts(`username,secret\ngrace,${secret}\n`), format);
  if (again.outcome !== 'staged') throw new Error(again.problem);
  expect(await importKeys(importer, again.id)).toEqual({ outcome: 'has-errors' });
});

test('its hint leaves enough hidden, and a regenerate gives it our format', async () => {
  const [long, short] = [`AbCd${'x'.repeat(16)}wXyZ`, 'AbCdEfGhIjKlMnOp'];
  const [shown, hidden] = [await importKey(long), await importKey(short)];
  expect((await findKey(ada, shown))?.hint).toBe('AbCd…wXyZ');
  expect((await findKey(ada, hidden))?.hint).toBe('imported');
  for (const [id, old] of [
    [shown, long],
    [hidden, short],
  ] as const) {
    const result = await regenerateKey(ada, { id, version: 1 });
    if (result.outcome !== 'regenerated') throw new Error(result.outcome);
    expect(result.secret).toMatch(/^kd_/);
    expect(await code(result.secret)).toBe('VALID');
    expect(await code(old)).toBe('NOT_FOUND');
    expect((await findKey(ada, id))?.hint).toMatch(/^kd_....…....$/);
  }
});
