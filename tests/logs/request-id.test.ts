import type { IncomingMessage, ServerResponse } from 'node:http';
import { problem, withRequestId } from '@/lib/http/problem';
import {
  beginRequest,
  currentRequestId,
  currentTraceId,
  currentTraceParent,
  nameRequest,
  newRequestId,
} from '@/lib/log/request-id';
import { traceIdOf } from '@/lib/log/trace-parent';
import { useSettings } from '../helpers/settings';

const trace = '0af7651916cd43dd8448eb211c80319c';
const parent = `00-${trace}-b7ad6b7169203331-01`;
const request = (headers: Record<string, string>) => ({ headers }) as unknown as IncomingMessage;

beforeEach(() => useSettings({ DATABASE_URL: 'postgresql://x@localhost/x', TRUSTED_PROXIES: '0' }));

test('ids are distinct, alike in form, and do not count requests', () => {
  const ids = Array.from({ length: 100_000 }, newRequestId);
  expect(new Set(ids).size).toBe(ids.length);
  expect(ids.every((id) => /^[0-9a-f]{16}$/.test(id))).toBe(true);
  const numbers = ids.slice(0, 3).map((id) => Number.parseInt(id.slice(8), 16));
  const [one = 0, two = 0] = numbers;
  expect(two - one).not.toBe(1);
});

test('a request keeps its name, and its context names it', async () => {
  const asked = request({ traceparent: parent });
  const name = nameRequest(asked);
  expect(nameRequest(asked)).toBe(name);
  await Promise.resolve().then(() => {
    beginRequest(asked, {} as ServerResponse);
    expect([currentRequestId(), currentTraceId()]).toEqual([name.requestId, trace]);
    expect(currentTraceParent()).toBe(parent);
  });
});

test.each([
  [parent, trace],
  [`cc-${trace}-b7ad6b7169203331-01-what-comes-later`, trace],
  [`ff-${trace}-b7ad6b7169203331-01`, undefined],
  [`${parent}-more`, undefined],
  [`00-${'0'.repeat(32)}-b7ad6b7169203331-01`, undefined],
  [`00-${trace}-${'0'.repeat(16)}-01`, undefined],
  [parent.toUpperCase(), undefined],
  [`${parent}, ${parent}`, undefined],
  [`cc-${trace}-b7ad6b7169203331-01-${'x'.repeat(500)}`, undefined],
  ['', undefined],
])('traceparent %s leads to %s', (header, expected) => {
  expect(traceIdOf(header)).toBe(expected);
});

test('only problems repeat the id', () => {
  const named = withRequestId(problem(404, 'There is nothing here.'), 'a1b2c3d4');
  expect(JSON.parse(named.body)).toMatchObject({ status: 404, requestId: 'a1b2c3d4' });
  const other = { status: 400, headers: {}, body: '' };
  expect(withRequestId(other, 'a1b2c3d4')).toBe(other);
});
