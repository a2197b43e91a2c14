import { Client } from 'pg';
import { closeDatabase } from '@/db/client';
import { sweepNow } from '@/lib/keys/import/sweep-staged';
import { deliverDue } from '@/lib/notices/delivery-worker';
import { hourly } from '@/lib/server/hourly';
import { useSettings } from '../helpers/settings';
import { until } from '../helpers/waiting';

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  useSettings({ LOG_LEVEL: 'warn', DATABASE_URL: 'postgresql://ada:hunter2@127.0.0.1:1/keydesk' });
  delete (globalThis as { keydeskLog?: unknown }).keydeskLog;
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => lines.push(String(line)) > 0);
});
afterEach(async () => {
  jest.restoreAllMocks();
  await closeDatabase();
});

const waits = { first: 1, again: 5, every: 3_600_000, tries: 3 };

test('a job that fails at a busy start is retried, and not logged', async () => {
  let tries = 0;
  hourly(
    'staged keys not swept',
    async () => {
      tries += 1;
      if (tries < 3) throw new Error('timeout expired');
    },
    waits,
  );
  await until(() => tries === 3);
  expect(lines).toEqual([]);
});

test('a job that always fails is logged once, with the reason', async () => {
  hourly('staged keys not swept', () => sweepNow(null), waits);
  await until(() => lines.length > 0);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    expect.objectContaining({
      ...{ event: 'staged keys not swept', code: 'ECONNREFUSED' },
      reason: 'connect ECONNREFUSED 127.0.0.1:1',
    }),
  ]);
  expect(lines.join()).not.toContain('hunter2');
});

test('events not queued and notices not delivered are logged with the reason', async () => {
  await deliverDue();
  const reason = 'connect ECONNREFUSED 127.0.0.1:1';
  expect(lines.map((line) => JSON.parse(line))).toMatchObject([
    { event: 'events not queued', reason },
    { event: 'events not queued', reason },
    { event: 'notices not delivered', reason },
  ]);
});

test('a server too busy to connect in time is also given as the reason', async () => {
  jest.spyOn(Client.prototype, 'connect').mockImplementation(() => {
    throw new Error('timeout expired');
  });
  hourly('staged keys not swept', () => sweepNow(null), { ...waits, tries: 1 });
  await until(() => lines.length > 0);
  expect(JSON.parse(lines[0] ?? '')).toMatchObject({ reason: 'timeout expired' });
});
