import {
  FailedLookupLimiter,
  freeLookups,
  mostFailedLookups,
} from '@/lib/keys/failed-lookup-limiter';
import { mintSecret } from '@/lib/keys/secret/secret';
import { type Desk, type Key, openDesk } from './helpers/desk';

let desk: Desk;
let key: Key;

beforeAll(async () => {
  desk = await openDesk();
  key = await desk.addKey(await desk.addUser('bob'));
});
afterAll(() => desk.close());

const guess = (ip: string) => desk.verify({ key: mintSecret('kd'), ip });

test('after thirty unknown keys a source must wait, and no other', async () => {
  for (let count = 0; count < freeLookups; count++) {
    expect((await guess('198.51.100.1')).status).toBe(200);
  }
  const refused = await guess('198.51.100.1');
  expect(refused.status).toBe(429);
  const wait = Number(refused.headers.get('retry-after'));
  expect(wait).toBeGreaterThan(0);
  expect(wait).toBeLessThanOrEqual(60);

  const good = { key: key.secret, ip: '198.51.100.1' };
  expect((await desk.verify(good)).status).toBe(429);
  expect((await desk.introspect({ token: key.secret, ip: '198.51.100.1' })).status).toBe(429);
  const gate = await desk.gate({ 'x-api-key': key.secret, 'x-forwarded-for': '198.51.100.1' });
  expect(gate.status).toBe(403);

  expect((await desk.verify({ ...good, ip: '198.51.100.2' })).status).toBe(200);
  const other = await desk.addKey(await desk.addUser('other-gateway'), {
    scopes: ['keydesk:verify'],
  });
  const elsewhere = await desk.verify(good, { authorization: `Bearer ${other.secret}` });
  expect(elsewhere.status).toBe(200);
});

test('a caller that names a new source for each guess is stopped too, but valid keys still work', async () => {
  const thief = await desk.addKey(await desk.addUser('thief'), { scopes: ['keydesk:verify'] });
  const as = { authorization: `Bearer ${thief.secret}` };
  const statuses: number[] = [];
  for (let guess = 0; guess < mostFailedLookups + 20; guess++) {
    const ip = `10.9.${guess >> 8}.${guess & 255}`;
    statuses.push((await desk.verify({ key: mintSecret('kd'), ip }, as)).status);
  }
  expect(statuses.slice(0, mostFailedLookups).every((status) => status === 200)).toBe(true);
  expect(statuses.slice(mostFailedLookups).every((status) => status === 429)).toBe(true);
  const good = await desk.verify({ key: key.secret, ip: '10.8.0.1' }, as);
  expect(await good.json()).toMatchObject({ code: 'VALID' });
});

test('at the gate, guessing is forbidden after as many', async () => {
  const statuses = [];
  for (let count = 0; count < freeLookups + 5; count++) {
    const headers = { 'x-api-key': mintSecret('kd'), 'x-forwarded-for': '198.51.100.9' };
    statuses.push((await desk.gate(headers)).status);
  }
  expect(statuses.filter((status) => status === 401)).toHaveLength(freeLookups);
  expect(statuses.slice(freeLookups)).toEqual([403, 403, 403, 403, 403]);
});

test('mistyped, replaced and refused keys are not guesses', async () => {
  const off = await desk.addKey(await desk.addUser('carol'), { active: false });
  const dead = await desk.addKey(await desk.addUser('dan'));
  await desk.sql('update api_key set deleted_at = now() where id = $1', [dead.id]);
  for (let count = 0; count < freeLookups + 5; count++) {
    for (const secret of ['typo', off.secret, dead.secret]) {
      expect((await desk.verify({ key: secret, ip: '198.51.100.3' })).status).toBe(200);
    }
  }
});

test('after a minute the source may ask again', () => {
  let now = 0;
  const guesses = new FailedLookupLimiter(() => now);
  for (let count = 0; count <= freeLookups; count++) guesses.count('caller', '192.0.2.1');
  expect(guesses.wait('caller', '192.0.2.1')).toBe(60);
  now = 59_000;
  expect(guesses.wait('caller', '192.0.2.1')).toBe(1);
  now = 60_000;
  expect(guesses.wait('caller', '192.0.2.1')).toBe(0);
  expect(guesses.count('caller', '192.0.2.1')).toBe(0);
});

test('control: without the limit a guesser never has to wait', () => {
  const guesses = new FailedLookupLimiter(() => 0, Number.POSITIVE_INFINITY);
  for (let count = 0; count < 10 * freeLookups; count++) {
    expect(guesses.count('caller', '192.0.2.1')).toBe(0);
  }
});

test('however many sources there are, memory is bounded', () => {
  const guesses = new FailedLookupLimiter(() => 0);
  for (let count = 0; count < 60_000; count++) {
    guesses.count('caller', `10.${count >> 16}.${(count >> 8) & 255}.${count & 255}`);
  }
  expect(guesses.size).toBe(50_000);
});
