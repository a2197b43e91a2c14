import { Readable } from 'node:stream';
import { Coverage } from '@/lib/restore/coverage';
import { readRevocations } from '@/lib/restore/read-revocations';
import { remedyOf } from '@/lib/restore/remedies';

const id = '0199aaaa-0000-7000-8000-000000000001';
const kindOf = (action: string, details: object) =>
  remedyOf(action, details as Record<string, unknown>)?.kind ?? null;
const change = (from: unknown, to: unknown) => ({ from, to });

test.each([
  ['switch-off', { scopes: change('a b', 'a') }],
  ['switch-off', { scopes: change('a', 'b') }],
  [null, { scopes: change('a', 'a b') }],
  ['switch-off', { allowedAddresses: change('', '10.0.0.0/8') }],
  [null, { allowedAddresses: change('10.0.0.0/8', '') }],
  ['switch-off', { rateLimit: change(null, 5), rateWindow: change(null, 60) }],
  [null, { rateLimit: change(5, null), rateWindow: change(60, null) }],
  ['expire', { expiresAt: change(null, '2027-01-01T00:00:00.000Z') }],
  [null, { expiresAt: change('2027-01-01T00:00:00.000Z', null) }],
  [null, { name: change('a', 'b'), metadata: 'not sent' }],
  [null, { expiresAt: change(null, 'tomorrow') }],
  ['switch-off', { expiresAt: change(null, '2027-01-01T00:00:00.000Z'), scopes: change('a', '') }],
])('of a changed key comes back: %s for %j', (kind, details) => {
  expect(kindOf('key.update', details)).toBe(kind);
});

test.each(['key.create', 'key.activate', 'user.enable', 'session.end', 'constructor', 'toString'])(
  '%s takes nothing away',
  (action) => expect(kindOf(action, {})).toBeNull(),
);

const read = (lines: unknown[], head = 0) =>
  readRevocations(Readable.from(lines.map((line) => `${JSON.stringify(line)}\n`)), head);
const event = (seq: number, type: string, more: object = {}, details: object = {}) => ({
  audit: { type, data: { seq, outcome: 'done', target: { id }, details, ...more } },
});

test('the strongest end of a key counts, in any order, and refused events do not', async () => {
  const list = await read([
    event(3, 'key.delete'),
    event(4, 'key.deactivate'),
    event(5, 'user.disable', { outcome: 'refused' }),
    event(6, 'key.update', {}, { expiresAt: change(null, '2027-02-01T00:00:00.000Z') }),
    event(7, 'key.update', {}, { expiresAt: change(null, '2027-01-01T00:00:00.000Z') }),
  ]);
  expect([...list.keys]).toEqual([[id, { end: 'delete', expiresAt: '2027-01-01T00:00:00.000Z' }]]);
  expect(list.users.size).toBe(0);
});

test('what the database knows is not done again: it may have been taken back since', async () => {
  const list = await read([event(3, 'key.deactivate'), event(4, 'key.activate')], 4);
  expect(list.keys.size).toBe(0);
});

test('the lowest role since counts, and no role is the lowest', async () => {
  const role = (to: string | null) => ({ role: { from: 'admin', to } });
  const list = await read([
    event(3, 'administrator.change-role', {}, role('viewer')),
    event(4, 'administrator.change-role', {}, role('admin')),
  ]);
  expect(list.users.get(id)?.role).toBe('viewer');
  const none = await read([event(3, 'administrator.change-role', {}, role(null))]);
  expect(none.users.get(id)?.role).toBeNull();
});

test('a list counts as whole only with all of its lines', async () => {
  const line = (number: number) => ({ line: number, ...event(number * 10, 'key.delete') });
  const end = { revocations: { after: 5, through: 40, events: 3 } };
  const gap = async (lines: unknown[]) => (await read(lines, 5)).coverage.gapAfter(5);
  expect(await gap([line(1), line(2), line(3), end])).toBeNull();
  expect(await gap([line(1), line(3), end])).toEqual({ first: 6, last: 9 });
  expect(await gap([line(2), line(3), end])).not.toBeNull();
  expect(await gap([line(1), line(2), line(3)])).not.toBeNull();
  expect(await gap([line(1), line(1), line(2), line(3), end])).toBeNull();
});

test('gaps are found in mixed lines', () => {
  const coverage = new Coverage();
  for (const seq of [5, 6, 9, 7, 7, 8, 12]) coverage.add(seq);
  expect(coverage.gapAfter(4)).toEqual({ first: 10, last: 11 });
  expect(coverage.gapAfter(9)).toEqual({ first: 10, last: 11 });
  expect(coverage.gapAfter(2)).toEqual({ first: 3, last: 4 });
  coverage.add(10, 11);
  expect(coverage.gapAfter(6)).toBeNull();
  expect(coverage.range).toEqual({ first: 5, last: 12 });
});
