import { Pool } from 'pg';
import { closeVerification, openVerification } from '@/lib/verify/verification';
import { type Desk, openDesk, pepper } from './helpers/desk';

let desk: Desk;
let bob: string;

beforeAll(async () => {
  desk = await openDesk();
  bob = await desk.addUser('bob');
});
afterAll(() => desk.close());

test('a limited key reports what is left, and is then refused', async () => {
  const key = await desk.addKey(bob, { rate: [3, 86_400] });
  const answers = [];
  for (let call = 0; call < 4; call++) {
    answers.push(await (await desk.verify({ key: key.secret })).json());
  }
  expect(answers.map(({ code }) => code)).toEqual(['VALID', 'VALID', 'VALID', 'RATE_LIMITED']);
  expect(answers.map(({ rateLimit }) => rateLimit.remaining)).toEqual([2, 1, 0, 0]);
  expect(answers[3].rateLimit.limit).toBe(3);
  expect(Date.parse(answers[3].rateLimit.resetAt)).toBeGreaterThan(Date.now());

  const gate = await desk.gate({ 'x-api-key': key.secret });
  expect(gate.status).toBe(403);
  expect(Number(gate.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await (await desk.introspect({ token: key.secret })).json()).toEqual({ active: false });
});

test('a call refused for another reason does not count', async () => {
  const key = await desk.addKey(bob, { rate: [1, 86_400] });
  await desk.verify({ key: key.secret, scopes: ['missing'] });
  expect(await (await desk.verify({ key: key.secret })).json()).toMatchObject({ code: 'VALID' });
});

test('the count is exact across instances, even for parallel calls', async () => {
  const key = await desk.addKey(bob, { rate: [100, 86_400] });
  const limit = { calls: 100, seconds: 86_400 };
  const other = openVerification({ connectionString: desk.url, peppers: [pepper] });
  const states = await Promise.all(
    Array.from({ length: 300 }, (_, call) =>
      (call % 2 ? other : desk.own).rates.ask({ keyId: key.id, limit }),
    ),
  );
  expect(states.filter(({ allowed }) => allowed)).toHaveLength(100);
  const left = states.filter(({ allowed }) => allowed).map(({ remaining }) => remaining);
  expect(new Set(left).size).toBe(100);
  await closeVerification(other);
});

test('control: a count that is first read and then written accepts more', async () => {
  const key = await desk.addKey(bob, { rate: [100, 86_400] });
  await desk.sql('insert into key_rate (key_id, window_start, spent) values ($1, now(), 0)', [
    key.id,
  ]);
  const pool = new Pool({ connectionString: desk.url, max: 10 });
  const spend = async () => {
    const { rows } = await pool.query('select spent from key_rate where key_id = $1', [key.id]);
    if (rows[0].spent >= 100) return false;
    const spent = rows[0].spent + 1;
    await pool.query('update key_rate set spent = $2 where key_id = $1', [key.id, spent]);
    return true;
  };
  const passed = await Promise.all(Array.from({ length: 300 }, spend));
  expect(passed.filter(Boolean).length).toBeGreaterThan(100);
  await pool.end();
});

test('a new window begins with the full limit', async () => {
  const key = await desk.addKey(bob, { rate: [1, 1] });
  const codes = [];
  for (let call = 0; call < 4; call++) {
    codes.push((await (await desk.verify({ key: key.secret })).json()).code);
    await new Promise((resolve) => setTimeout(resolve, call === 1 ? 1_100 : 5));
  }
  expect(codes.slice(2)).toContain('VALID');
  expect(codes).toContain('RATE_LIMITED');
});
